package io.leakwatch.heap.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Where the tables of one analysis live: memory outside the Java heap, direct buffers
 * while they fit the budget and pages of one temporary file after that. Blocks that are
 * given back are used again.
 *
 * <p>
 * Safe for several threads. {@link #close()} unmaps everything and deletes the temporary
 * file; no table may be used after it.
 */
public final class Memory implements AutoCloseable {

	/**
	 * Direct itself: to write from another buffer the JDK needs a direct one, which it
	 * may not get when this memory has taken all.
	 */
	private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(64 * 1024);

	/** Smaller requests share blocks of this size. */
	private static final int SHARED_BLOCK_BYTES = 64 * 1024;

	private static final int ALIGNMENT = 64;

	/**
	 * The file is mapped in parts that grow up to this: a process can have only some
	 * 65,000 mappings.
	 */
	private static final int LARGEST_PART_BYTES = 64 << 20;

	private static final int SMALLEST_PART_BYTES = 1 << 20;

	private final Path temporaryDirectory;

	private final Pages pages = Pages.create();

	private final Map<Integer, Deque<ByteBuffer>> free = new HashMap<>();

	private final List<AutoCloseable> toClose = new ArrayList<>();

	private final List<Path> temporaryFiles = new ArrayList<>();

	/** Not to be used once the memory that they lie in is gone. */
	private final List<Table> tables = new ArrayList<>();

	private @Nullable ByteBuffer sharedBlock;

	private @Nullable ByteBuffer filePart;

	private @Nullable FileChannel file;

	private long budgetBytes;

	private long directBytes;

	private long mappedBytes;

	private volatile boolean closed;

	/**
	 * An empty memory.
	 * @param budgetBytes how many bytes may be in direct buffers; what is beyond lives in
	 * a temporary file
	 * @param temporaryDirectory where that file is made, when it is needed
	 */
	public Memory(long budgetBytes, Path temporaryDirectory) {
		this.budgetBytes = budgetBytes;
		this.temporaryDirectory = temporaryDirectory;
	}

	/**
	 * A table of {@code int} values, all zero.
	 * @param size how many
	 * @return the table
	 */
	public IntTable ints(long size) {
		return added(new IntTable(this, size));
	}

	/**
	 * A table of {@code long} values, all zero.
	 * @param size how many
	 * @return the table
	 */
	public LongTable longs(long size) {
		return added(new LongTable(this, size));
	}

	/**
	 * A table of unsigned 16-bit values, all zero.
	 * @param size how many
	 * @return the table
	 */
	public ShortTable shorts(long size) {
		return added(new ShortTable(this, size));
	}

	/**
	 * Plain bytes, all zero. Not to be touched once this memory is closed.
	 * @param bytes how many
	 * @return a big-endian buffer
	 */
	public ByteBuffer bytes(int bytes) {
		return allocate(bytes).order(ByteOrder.BIG_ENDIAN);
	}

	private synchronized <T extends Table> T added(T table) {
		this.tables.add(table);
		return table;
	}

	/**
	 * Maps a part of a file for reading. The mapping ends with {@link #close()}.
	 * @param channel the file
	 * @param offset the first byte
	 * @param length how many bytes, at most {@link Integer#MAX_VALUE}
	 * @return the bytes, big-endian
	 * @throws IOException where the file cannot be mapped
	 */
	public synchronized ByteBuffer map(FileChannel channel, long offset, long length) throws IOException {
		requireOpen();
		return this.pages.map(channel, MapMode.READ_ONLY, offset, length).order(ByteOrder.BIG_ENDIAN);
	}

	/**
	 * An empty temporary file, deleted by {@link #close()}. Where the system keeps an
	 * open file without a name, it loses its name at once, so that a process that is
	 * killed leaves nothing behind.
	 * @param suffix how its name ends
	 * @return the file, open for reading and writing
	 * @throws IOException where it cannot be made
	 */
	public synchronized FileChannel temporaryFile(String suffix) throws IOException {
		requireOpen();
		Path path = Files.createTempFile(this.temporaryDirectory, "leakwatch-heap-", suffix);
		this.temporaryFiles.add(path);
		FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE,
				StandardOpenOption.DELETE_ON_CLOSE);
		this.toClose.add(channel);
		return channel;
	}

	/**
	 * Closes something together with this memory.
	 * @param resource the resource
	 */
	public synchronized void closeLater(AutoCloseable resource) {
		this.toClose.add(resource);
	}

	/**
	 * How many bytes of direct buffers are held, those that wait to be used again
	 * included.
	 * @return bytes
	 */
	public synchronized long directBytes() {
		return this.directBytes;
	}

	/**
	 * How long the temporary file is.
	 * @return bytes, 0 where none was needed
	 */
	public synchronized long mappedBytes() {
		return this.mappedBytes;
	}

	/** A block of zeros in native byte order. */
	synchronized ByteBuffer allocate(int bytes) {
		requireOpen();
		if (bytes <= SHARED_BLOCK_BYTES / 4) {
			return slice(bytes);
		}
		Deque<ByteBuffer> reusable = this.free.get(bytes);
		if (reusable != null && !reusable.isEmpty()) {
			ByteBuffer block = reusable.pop();
			clear(block);
			return block;
		}
		return newBlock(bytes);
	}

	/** Takes a block back that nobody uses any longer. */
	synchronized void release(ByteBuffer block) {
		if (block.capacity() > SHARED_BLOCK_BYTES / 4) {
			this.free.computeIfAbsent(block.capacity(), (bytes) -> new ArrayDeque<>()).push(block);
		}
	}

	/**
	 * Unmaps everything and deletes the temporary files. No other thread may be at work
	 * on the tables; what is asked of them afterwards fails.
	 */
	@Override
	public synchronized void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.free.clear();
		this.sharedBlock = null;
		this.filePart = null;
		this.tables.forEach(Table::forget);
		this.tables.clear();
		List<AutoCloseable> steps = new ArrayList<>(this.toClose);
		steps.add(this.pages::close);
		// After the mappings are gone: a mapped file cannot be deleted on Windows.
		this.temporaryFiles.forEach((path) -> steps.add(() -> Files.deleteIfExists(path)));
		IllegalStateException failure = null;
		for (AutoCloseable step : steps) {
			try {
				step.close();
			}
			catch (Exception ex) {
				failure = (failure != null) ? failure
						: new IllegalStateException("Could not clean up after an analysis");
				failure.addSuppressed(ex);
			}
		}
		if (failure != null) {
			throw failure;
		}
	}

	/**
	 * Throws {@link IllegalStateException} where this memory was closed: what was mapped
	 * is gone by then, and to read it would end the process.
	 */
	public void requireOpen() {
		if (this.closed) {
			throw new IllegalStateException("The analysis was closed; open the dump again");
		}
	}

	private ByteBuffer slice(int bytes) {
		ByteBuffer block = this.sharedBlock;
		if (block == null || block.remaining() < bytes) {
			block = newBlock(SHARED_BLOCK_BYTES);
			this.sharedBlock = block;
		}
		return cut(block, bytes);
	}

	/** The next bytes of a block, such that those after it are aligned. */
	private static ByteBuffer cut(ByteBuffer block, int bytes) {
		ByteBuffer slice = block.slice(block.position(), bytes).order(ByteOrder.nativeOrder());
		long next = block.position() + (bytes + ALIGNMENT - 1L) / ALIGNMENT * ALIGNMENT;
		block.position((int) Math.min(block.capacity(), next));
		return slice;
	}

	private ByteBuffer newBlock(int bytes) {
		if (this.directBytes + bytes <= this.budgetBytes) {
			try {
				ByteBuffer block = this.pages.allocate(bytes).order(ByteOrder.nativeOrder());
				this.directBytes += bytes;
				return block;
			}
			catch (OutOfMemoryError ex) {
				// The JVM's own limit is lower. Not tried again: each failure costs a
				// collection and half a second.
				this.budgetBytes = this.directBytes;
			}
		}
		ByteBuffer part = this.filePart;
		if (part == null || part.remaining() < bytes) {
			part = newFilePart(bytes);
			this.filePart = part;
		}
		return cut(part, bytes);
	}

	/**
	 * The bytes are written before they are mapped, so that a full disk is an exception
	 * here and not a fault of the process at the first access.
	 */
	private ByteBuffer newFilePart(int atLeast) {
		long bytes = Math.max(atLeast, Math.max(SMALLEST_PART_BYTES, Math.min(LARGEST_PART_BYTES, this.mappedBytes)));
		try {
			FileChannel channel = this.file;
			if (channel == null) {
				channel = temporaryFile(".tables");
				this.file = channel;
			}
			long start = this.mappedBytes;
			for (long written = 0; written < bytes;) {
				ByteBuffer zeros = ZEROS.slice(0, (int) Math.min(ZEROS.capacity(), bytes - written));
				written += channel.write(zeros, start + written);
			}
			ByteBuffer part = this.pages.map(channel, MapMode.READ_WRITE, start, bytes);
			this.mappedBytes += bytes;
			return part;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(
					"No room for " + bytes + " more bytes of tables in " + this.temporaryDirectory + " ("
							+ this.mappedBytes
							+ " bytes are there): free some, name another temporary directory or allow more memory",
					ex);
		}
	}

	private static void clear(ByteBuffer block) {
		block.clear();
		while (block.hasRemaining()) {
			block.put(ZEROS.slice(0, Math.min(ZEROS.capacity(), block.remaining())));
		}
		block.clear();
	}

}
