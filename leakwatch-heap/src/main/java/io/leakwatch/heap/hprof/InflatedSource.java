package io.leakwatch.heap.hprof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

import io.leakwatch.heap.memory.Memory;

/**
 * A compressed dump that is inflated while it is read, front to back, without a copy of
 * it. What was read a few megabytes ago is gone; one {@link Window} at a time may show
 * it.
 */
final class InflatedSource implements Source {

	/**
	 * How much stays readable behind what was asked for last: more than the largest
	 * record of a class, which is read after its end was found. Each of its three lists
	 * has at most 65,535 entries of at most 17 bytes.
	 */
	private static final int BEHIND = 3 << 20;

	private static final int BUFFER_BYTES = 8 << 20;

	private final Gzip gzip;

	private final ByteBuffer buffer;

	/** What is inflated and had no room in the buffer. */
	private ByteBuffer rest = Window.NOTHING;

	/** The offset of the buffer's first byte. */
	private long base;

	private boolean ended;

	InflatedSource(Gzip gzip, Memory memory) {
		this.gzip = gzip;
		this.buffer = memory.bytes(BUFFER_BYTES).limit(0);
	}

	@Override
	public Path path() {
		return this.gzip.path();
	}

	@Override
	public long size() throws IOException {
		while (!this.ended) {
			fill(Long.MAX_VALUE);
		}
		return end();
	}

	private long end() {
		return this.base + this.buffer.limit();
	}

	@Override
	public void show(Window window, long offset, int atLeast) throws IOException {
		if (offset < this.base) {
			throw new HprofFormatException(path(), offset, "no record so long that its beginning is read again",
					"one that leads back by " + (end() - offset) + " bytes");
		}
		while (offset + atLeast > end() && !this.ended) {
			fill(offset);
		}
		window.set(this.buffer, this.base);
	}

	/** Forgets what lies far before an offset, and inflates as much as there is room. */
	private void fill(long offset) throws IOException {
		long from = Math.max(this.base, Math.min(offset - BEHIND, end()));
		this.buffer.position((int) (from - this.base)).compact();
		this.base = from;
		while (this.buffer.hasRemaining() && !this.ended) {
			if (!this.rest.hasRemaining()) {
				this.rest = this.gzip.next();
				this.ended = !this.rest.hasRemaining();
			}
			int part = Math.min(this.rest.remaining(), this.buffer.remaining());
			this.buffer.put(this.rest.slice(this.rest.position(), part));
			this.rest.position(this.rest.position() + part);
		}
		this.buffer.flip();
	}

}
