package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import io.leakwatch.heap.hprof.RecordCursor;

/**
 * Hashes the content of arrays to 64 bits. Not safe for several threads, since it keeps a
 * buffer.
 */
final class TextHash {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long FACTOR = 0x9e37_79b9_7f4a_7c15L;

	private final byte[] buffer = new byte[8 * 1024];

	/**
	 * The hash of an array of characters.
	 * @param record the array
	 * @param bytes how many bytes it has in the dump
	 */
	long of(RecordCursor record, long bytes) throws IOException {
		long hash = bytes * FACTOR;
		for (long done = 0; done < bytes;) {
			int part = (int) Math.min(bytes - done, this.buffer.length);
			record.readBytes(record.body() + done, this.buffer, part);
			int at = 0;
			for (; at <= part - Long.BYTES; at += Long.BYTES) {
				hash = mix(hash, (long) LONGS.get(this.buffer, at));
			}
			if (at < part) {
				long rest = 0;
				for (int i = at; i < part; i++) {
					rest = (rest << 8) | (this.buffer[i] & 0xff);
				}
				hash = mix(hash, rest);
			}
			done += part;
		}
		// The top bits choose a part of the table, the low ones a place in it.
		hash = (hash ^ (hash >>> 29)) * FACTOR;
		return hash ^ (hash >>> 32);
	}

	private static long mix(long hash, long value) {
		long mixed = (hash ^ value) * FACTOR;
		return mixed ^ (mixed >>> 31);
	}

}
