package io.leakwatch.heap.hprof;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import io.leakwatch.heap.memory.Memory;

/** Heap dumps that are compressed, as {@code jcmd GC.heap_dump -gz=1} writes them. */
final class Gzip {

	private Gzip() {
	}

	static boolean isGzip(FileChannel channel) throws IOException {
		ByteBuffer start = ByteBuffer.allocate(2);
		while (start.hasRemaining() && channel.read(start, start.position()) > 0) {
			// Two bytes may come one by one.
		}
		return start.position() == 2 && (start.get(0) & 0xff) == 0x1f && (start.get(1) & 0xff) == 0x8b;
	}

	/**
	 * Inflates a file into a temporary one, since the analysis needs its objects in any
	 * order. A file that is damaged gives what was whole, and a sentence that says so.
	 */
	static FileChannel inflate(Path path, FileChannel compressed, Memory memory, List<String> damage)
			throws IOException {
		FileChannel inflated = memory.temporaryFile(".inflated");
		byte[] buffer = new byte[1 << 18];
		long total = 0;
		try (GZIPInputStream in = new GZIPInputStream(
				new BufferedInputStream(Channels.newInputStream(compressed.position(0)), 1 << 18), 1 << 16)) {
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
				while (bytes.hasRemaining()) {
					total += inflated.write(bytes);
				}
			}
		}
		catch (EOFException | ZipException ex) {
			if (total == 0) {
				throw new HprofFormatException(path, 0, "gzip data", String.valueOf(ex.getMessage()));
			}
			damage.add("the compressed file is damaged or ends too early (" + ex.getMessage() + "); it holds " + total
					+ " bytes up to there");
		}
		return inflated;
	}

}
