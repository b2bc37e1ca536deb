package io.leakwatch.heap.hprof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.leakwatch.heap.memory.Memory;

/** The bytes of a dump, of which a {@link Window} shows a part at a time. */
interface Source {

	/** The file that errors name. */
	Path path();

	/** The length in bytes; where it is inflated, it is read to its end for that. */
	long size() throws IOException;

	/**
	 * Moves a window so that it begins at or before a byte and holds as many of the bytes
	 * that follow it as there are, up to the number that is asked for or more.
	 */
	void show(Window window, long offset, int atLeast) throws IOException;

	/**
	 * A file that is mapped. The mappings are shared by all windows and each overlaps
	 * half of the next, so that whatever is shorter than the half is in one of them.
	 */
	final class Mapped implements Source {

		static final int STEP_BITS = 29;

		private final Path path;

		private final FileChannel channel;

		private final Memory memory;

		private final int stepBits;

		private final long size;

		private final AtomicReferenceArray<ByteBuffer> mappings;

		/** A file of which a mapping begins each so many bytes, a power of two. */
		Mapped(Path path, FileChannel channel, Memory memory, int stepBits) throws IOException {
			this.path = path;
			this.channel = channel;
			this.memory = memory;
			this.stepBits = stepBits;
			this.size = channel.size();
			this.mappings = new AtomicReferenceArray<>((int) (this.size >>> stepBits) + 1);
		}

		@Override
		public Path path() {
			return this.path;
		}

		@Override
		public long size() {
			return this.size;
		}

		@Override
		public void show(Window window, long offset, int atLeast) throws IOException {
			if (offset >= this.size) {
				window.set(Window.NOTHING, offset);
				return;
			}
			int step = (int) (offset >>> this.stepBits);
			ByteBuffer mapping = this.mappings.get(step);
			if (mapping == null) {
				mapping = map(step);
			}
			window.set(mapping, (long) step << this.stepBits);
		}

		private synchronized ByteBuffer map(int step) throws IOException {
			ByteBuffer mapping = this.mappings.get(step);
			if (mapping == null) {
				long start = (long) step << this.stepBits;
				long length = Math.min(2L << this.stepBits, this.size - start);
				mapping = this.memory.map(this.channel, start, length);
				this.mappings.set(step, mapping);
			}
			return mapping;
		}

	}

}
