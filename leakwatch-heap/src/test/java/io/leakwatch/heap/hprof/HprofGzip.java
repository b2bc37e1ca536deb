package io.leakwatch.heap.hprof;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Compression as the virtual machine does it: each block of the dump is a gzip member of
 * its own, and the head of the first has a comment that tells the size of the blocks.
 */
final class HprofGzip {

	private static final int COMMENT_FLAG = 0x10;

	private HprofGzip() {
	}

	static byte[] compress(byte[] dump, int blockBytes) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (int from = 0; from < dump.length; from += blockBytes) {
			boolean first = (from == 0);
			out.writeBytes(new byte[] { 0x1f, (byte) 0x8b, 8, (byte) (first ? COMMENT_FLAG : 0), 0, 0, 0, 0, 0, 0 });
			if (first) {
				out.writeBytes(("HPROF BLOCKSIZE=" + blockBytes + '\0').getBytes(StandardCharsets.US_ASCII));
			}
			writeBlock(dump, from, Math.min(blockBytes, dump.length - from), out);
		}
		return out.toByteArray();
	}

	private static void writeBlock(byte[] dump, int from, int length, ByteArrayOutputStream out) {
		Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
		try {
			deflater.setInput(dump, from, length);
			deflater.finish();
			byte[] buffer = new byte[4096];
			while (!deflater.finished()) {
				out.write(buffer, 0, deflater.deflate(buffer));
			}
		}
		finally {
			deflater.end();
		}
		CRC32 crc = new CRC32();
		crc.update(dump, from, length);
		ByteBuffer trailer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
		out.writeBytes(trailer.putInt((int) crc.getValue()).putInt(length).array());
	}

}
