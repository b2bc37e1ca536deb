package io.leakwatch.heap.hprof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.heap.memory.Memory;

/**
 * Copies of those records that are asked for later, of a file that is read once: the
 * names. They lie outside the Java heap.
 */
final class KeptRecords implements Source {

	private static final int PART_BITS = 18;

	private static final int PART_BYTES = 1 << PART_BITS;

	private final Path path;

	private final Memory memory;

	private final List<ByteBuffer> parts = new ArrayList<>();

	private byte[] copy = new byte[1 << 10];

	/** The first record is not at 0, which stands for none. */
	private long end = 1;

	KeptRecords(Path path, Memory memory) {
		this.path = path;
		this.memory = memory;
	}

	/**
	 * Copies the beginning of a record.
	 * @param window where it is read
	 * @param position where it begins there
	 * @param bytes how much of it, at most 256 KB; less where the file ends
	 * @return where the copy begins
	 */
	long keep(Window window, long position, int bytes) throws IOException {
		if (!window.has(position, bytes)) {
			return StringPlaces.MISSING;
		}
		if (this.copy.length < bytes) {
			this.copy = new byte[bytes];
		}
		window.bytes(position, this.copy, 0, bytes);
		if ((this.end & (PART_BYTES - 1)) + bytes > PART_BYTES) {
			this.end = (this.end | (PART_BYTES - 1)) + 1;
		}
		int part = (int) (this.end >>> PART_BITS);
		if (part == this.parts.size()) {
			this.parts.add(this.memory.bytes(PART_BYTES));
		}
		long place = this.end;
		this.parts.get(part).put((int) (place & (PART_BYTES - 1)), this.copy, 0, bytes);
		this.end += bytes;
		return place;
	}

	@Override
	public Path path() {
		return this.path;
	}

	@Override
	public long size() {
		return this.end;
	}

	@Override
	public void show(Window window, long offset, int atLeast) {
		int part = (int) (offset >>> PART_BITS);
		if (part < this.parts.size()) {
			window.set(this.parts.get(part), (long) part << PART_BITS);
		}
		else {
			window.set(Window.NOTHING, offset);
		}
	}

}
