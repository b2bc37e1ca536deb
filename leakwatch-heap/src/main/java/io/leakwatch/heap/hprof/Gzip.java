package io.leakwatch.heap.hprof;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import io.leakwatch.heap.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * A heap dump that is compressed, as {@code jcmd GC.heap_dump -gz=1} writes it, inflated
 * front to back. One that is damaged gives what was whole, and a sentence that says so.
 */
final class Gzip implements Closeable {

	private static final int PORTION_BYTES = 1 << 18;

	private final Path path;

	private final FileChannel compressed;

	private final InputStream in;

	private final byte[] portion = new byte[PORTION_BYTES];

	private long total;

	private @Nullable String damage;

	Gzip(Path path, FileChannel compressed) throws IOException {
		this.path = path;
		this.compressed = compressed;
		try {
			this.in = new GZIPInputStream(
					new BufferedInputStream(Channels.newInputStream(compressed.position(0)), 1 << 18), 1 << 16);
		}
		catch (EOFException | ZipException ex) {
			throw notGzip(ex);
		}
	}

	static boolean isGzip(FileChannel channel) throws IOException {
		ByteBuffer start = ByteBuffer.allocate(2);
		while (start.hasRemaining() && channel.read(start, start.position()) > 0) {
			// Two bytes may come one by one.
		}
		return start.position() == 2 && (start.get(0) & 0xff) == 0x1f && (start.get(1) & 0xff) == 0x8b;
	}

	/**
	 * Inflates a file into a temporary one, for an analysis that needs its objects in any
	 * order.
	 */
	static FileChannel inflate(Path path, FileChannel compressed, Memory memory, List<String> damage)
			throws IOException {
		FileChannel inflated = memory.temporaryFile(".inflated");
		try (Gzip gzip = new Gzip(path, compressed)) {
			for (ByteBuffer bytes = gzip.next(); bytes.hasRemaining(); bytes = gzip.next()) {
				while (bytes.hasRemaining()) {
					inflated.write(bytes);
				}
			}
			damage.addAll(gzip.damage());
		}
		return inflated;
	}

	/**
	 * The bytes that come next, good until the next call; none at the end, or where what
	 * follows cannot be inflated. Not to be called again then.
	 */
	ByteBuffer next() throws IOException {
		try {
			int read = this.in.read(this.portion);
			if (read > 0) {
				this.total += read;
				return ByteBuffer.wrap(this.portion, 0, read);
			}
		}
		catch (EOFException | ZipException ex) {
			if (this.total == 0) {
				throw notGzip(ex);
			}
			this.damage = "the compressed file is damaged or ends too early (" + ex.getMessage() + "); it holds "
					+ this.total + " bytes up to there";
		}
		return Window.NOTHING;
	}

	private HprofFormatException notGzip(IOException ex) {
		return new HprofFormatException(this.path, 0, "gzip data", String.valueOf(ex.getMessage()));
	}

	/** What was found missing so far, in a sentence; empty for nothing. */
	List<String> damage() {
		return (this.damage != null) ? List.of(this.damage) : List.of();
	}

	Path path() {
		return this.path;
	}

	/** How much of the compressed file has been taken, 0 to 1. */
	double share() throws IOException {
		return Math.min(1, (double) this.compressed.position() / Math.max(1, this.compressed.size()));
	}

	/** Gives the memory of the inflation back, and closes the compressed file. */
	@Override
	public void close() throws IOException {
		this.in.close();
	}

}
