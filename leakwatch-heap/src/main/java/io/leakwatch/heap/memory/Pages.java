package io.leakwatch.heap.memory;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory outside the heap that can be given back at a known moment, which
 * {@link ByteBuffer} alone leaves to the garbage collector. From JDK 22 on it is an
 * {@code Arena}, reached by method handles since the module is built for 17; before, the
 * cleaner that {@code sun.misc.Unsafe} runs without a warning there.
 */
interface Pages {

	ByteBuffer allocate(int bytes);

	ByteBuffer map(FileChannel channel, MapMode mode, long offset, long length) throws IOException;

	void close();

	static Pages create() {
		if (Runtime.version().feature() >= 22) {
			try {
				return new ArenaPages();
			}
			catch (ReflectiveOperationException ex) {
				// Another VM than was foreseen: its buffers end with the collector.
				return new CollectedPages();
			}
		}
		try {
			return new CleanedPages();
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			return new CollectedPages();
		}
	}

	/** An arena of the foreign memory API, final since JDK 22. */
	final class ArenaPages implements Pages {

		private final AutoCloseable arena;

		private final MethodHandle allocate;

		private final MethodHandle map;

		private final MethodHandle asByteBuffer;

		ArenaPages() throws ReflectiveOperationException {
			Class<?> arenaType = Class.forName("java.lang.foreign.Arena");
			Class<?> segmentType = Class.forName("java.lang.foreign.MemorySegment");
			MethodHandles.Lookup lookup = MethodHandles.publicLookup();
			this.arena = (AutoCloseable) arenaType.getMethod("ofShared").invoke(null);
			this.allocate = lookup
				.findVirtual(arenaType, "allocate", MethodType.methodType(segmentType, long.class, long.class))
				.bindTo(this.arena);
			this.map = lookup.findVirtual(FileChannel.class, "map",
					MethodType.methodType(segmentType, MapMode.class, long.class, long.class, arenaType));
			this.asByteBuffer = lookup.findVirtual(segmentType, "asByteBuffer",
					MethodType.methodType(ByteBuffer.class));
		}

		@Override
		public ByteBuffer allocate(int bytes) {
			try {
				return (ByteBuffer) this.asByteBuffer.invoke(this.allocate.invoke((long) bytes, 8L));
			}
			catch (RuntimeException | Error ex) {
				throw ex;
			}
			catch (Throwable ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public ByteBuffer map(FileChannel channel, MapMode mode, long offset, long length) throws IOException {
			try {
				return (ByteBuffer) this.asByteBuffer
					.invoke(this.map.invoke(channel, mode, offset, length, this.arena));
			}
			catch (IOException | RuntimeException | Error ex) {
				throw ex;
			}
			catch (Throwable ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public void close() {
			try {
				this.arena.close();
			}
			catch (RuntimeException ex) {
				throw ex;
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	/** Buffers whose cleaners are run one by one. */
	final class CleanedPages implements Pages {

		private final List<ByteBuffer> buffers = new ArrayList<>();

		private final Object unsafe;

		private final Method invokeCleaner;

		CleanedPages() throws ReflectiveOperationException {
			Class<?> unsafeType = Class.forName("sun.misc.Unsafe");
			var field = unsafeType.getDeclaredField("theUnsafe");
			field.setAccessible(true);
			this.unsafe = field.get(null);
			this.invokeCleaner = unsafeType.getMethod("invokeCleaner", ByteBuffer.class);
		}

		@Override
		public ByteBuffer allocate(int bytes) {
			ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
			this.buffers.add(buffer);
			return buffer;
		}

		@Override
		public ByteBuffer map(FileChannel channel, MapMode mode, long offset, long length) throws IOException {
			ByteBuffer buffer = channel.map(mode, offset, length);
			this.buffers.add(buffer);
			return buffer;
		}

		@Override
		public void close() {
			for (ByteBuffer buffer : this.buffers) {
				try {
					this.invokeCleaner.invoke(this.unsafe, buffer);
				}
				catch (ReflectiveOperationException ex) {
					throw new IllegalStateException(ex);
				}
			}
			this.buffers.clear();
		}

	}

	/** Buffers that the garbage collector frees when it comes to it. */
	final class CollectedPages implements Pages {

		@Override
		public ByteBuffer allocate(int bytes) {
			return ByteBuffer.allocateDirect(bytes);
		}

		@Override
		public ByteBuffer map(FileChannel channel, MapMode mode, long offset, long length) throws IOException {
			return channel.map(mode, offset, length);
		}

		@Override
		public void close() {
			// Nothing can be done here.
		}

	}

}
