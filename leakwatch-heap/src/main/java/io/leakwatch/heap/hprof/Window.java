package io.leakwatch.heap.hprof;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A part of a dump's bytes, addressed by offsets in the file. One thread uses it at a
 * time.
 */
final class Window {

	static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

	private final Source source;

	private final boolean wideIds;

	private ByteBuffer buffer = NOTHING;

	private long base;

	private long limit;

	Window(Source source, int idSize) {
		this.source = source;
		this.wideIds = idSize == Long.BYTES;
	}

	void set(ByteBuffer bytes, long offset) {
		this.buffer = bytes;
		this.base = offset;
		this.limit = offset + bytes.limit();
	}

	/** Whether so many bytes are there. */
	boolean has(long offset, int bytes) throws IOException {
		if (offset >= this.base && offset + bytes <= this.limit) {
			return true;
		}
		this.source.show(this, offset, bytes);
		return offset + bytes <= this.limit;
	}

	/** Makes sure that so many bytes are there, or says that the file ends. */
	void require(long offset, int bytes, String what) throws IOException {
		if (!has(offset, bytes)) {
			throw new HprofFormatException(this.source.path(), offset, bytes + " bytes of " + what,
					"the end of the file after " + Math.max(0, this.source.size() - offset));
		}
	}

	/** The reads below are of bytes that {@link #has} showed. */
	int u1(long offset) {
		return this.buffer.get((int) (offset - this.base)) & 0xff;
	}

	int u2(long offset) {
		return this.buffer.getShort((int) (offset - this.base)) & 0xffff;
	}

	int i4(long offset) {
		return this.buffer.getInt((int) (offset - this.base));
	}

	long u4(long offset) {
		return this.buffer.getInt((int) (offset - this.base)) & 0xffffffffL;
	}

	long i8(long offset) {
		return this.buffer.getLong((int) (offset - this.base));
	}

	long id(long offset) {
		return this.wideIds ? this.buffer.getLong((int) (offset - this.base))
				: this.buffer.getInt((int) (offset - this.base)) & 0xffffffffL;
	}

	void bytes(long offset, byte[] target, int from, int length) {
		this.buffer.get((int) (offset - this.base), target, from, length);
	}

	Source source() {
		return this.source;
	}

}
