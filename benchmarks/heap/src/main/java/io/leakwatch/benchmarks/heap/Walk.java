package io.leakwatch.benchmarks.heap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The least work a program can do on a heap dump: one thread steps from record to record
 * and counts them. It keeps nothing and looks at no object, so no analysis of the same
 * file by one thread can be faster. {@code Walk FILE} prints what it counted.
 */
public final class Walk {

	private static final long WINDOW_BYTES = 1L << 30;

	private final FileChannel file;

	private final long end;

	private final int[] bytesOfType = { 0, 0, 0, 0, 1, 2, 4, 8, 1, 2, 4, 8 };

	private final long[] counts = new long[256];

	private ByteBuffer window = ByteBuffer.allocate(0);

	private long windowStart;

	private long position;

	private int idBytes;

	private Walk(FileChannel file) throws IOException {
		this.file = file;
		this.end = file.size();
	}

	/**
	 * Walks a dump and prints the counts.
	 * @param arguments the dump's path
	 * @throws IOException if the dump cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		try (FileChannel file = FileChannel.open(Path.of(arguments[0]))) {
			Walk walk = new Walk(file);
			walk.records();
			System.out.println(walk);
		}
	}

	private void records() throws IOException {
		while (next(1) != 0) {
			// The version's name, which ends with a zero.
		}
		this.idBytes = (int) next(4);
		this.bytesOfType[2] = this.idBytes;
		skip(8);
		while (this.end - this.position >= 9) {
			int tag = (int) next(1);
			skip(4);
			long bodyEnd = next(4) + this.position;
			if (tag == 0x0c || tag == 0x1c) {
				segment(Math.min(bodyEnd, this.end));
			}
			this.position = bodyEnd;
		}
	}

	private void segment(long segmentEnd) throws IOException {
		while (this.position < segmentEnd) {
			int tag = (int) next(1);
			this.counts[tag]++;
			switch (tag) {
				case 0x20 -> classDump();
				case 0x21 -> {
					skip(2 * this.idBytes + 4);
					skip(next(4));
				}
				case 0x22 -> {
					skip(this.idBytes + 4);
					skip(this.idBytes + next(4) * this.idBytes);
				}
				case 0x23 -> {
					skip(this.idBytes + 4);
					long length = next(4);
					skip(length * this.bytesOfType[(int) next(1)]);
				}
				default -> skip(bytesOfRoot(tag));
			}
		}
	}

	private void classDump() throws IOException {
		skip(7 * this.idBytes + 8);
		for (long constants = next(2); constants > 0; constants--) {
			skip(2);
			skip(this.bytesOfType[(int) next(1)]);
		}
		for (long statics = next(2); statics > 0; statics--) {
			skip(this.idBytes);
			skip(this.bytesOfType[(int) next(1)]);
		}
		skip(next(2) * (this.idBytes + 1));
	}

	private int bytesOfRoot(int tag) {
		return switch (tag) {
			case 0xff, 0x05, 0x07, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x90 -> this.idBytes;
			case 0x01 -> 2 * this.idBytes;
			case 0x04, 0x06, 0xfe -> this.idBytes + 4;
			case 0x02, 0x03, 0x08, 0x8e -> this.idBytes + 8;
			case 0xc3 -> this.idBytes + 9;
			default -> throw new IllegalStateException(
					"Unknown sub-record 0x" + Integer.toHexString(tag) + " before offset " + this.position);
		};
	}

	/**
	 * Not {@code position += next(4)}: that would add to where the position was before
	 * the reading.
	 */
	private void skip(long bytes) {
		this.position += bytes;
	}

	private long next(int bytes) throws IOException {
		long index = this.position - this.windowStart;
		if (index + bytes > this.window.limit()) {
			slide(bytes);
			index = 0;
		}
		this.position += bytes;
		return switch (bytes) {
			case 1 -> Byte.toUnsignedLong(this.window.get((int) index));
			case 2 -> Short.toUnsignedLong(this.window.getShort((int) index));
			default -> Integer.toUnsignedLong(this.window.getInt((int) index));
		};
	}

	private void slide(int neededBytes) throws IOException {
		if (this.end - this.position < neededBytes) {
			throw new IllegalStateException("The dump ends within a record, at offset " + this.end);
		}
		long bytes = Math.min(WINDOW_BYTES, this.end - this.position);
		this.window = this.file.map(FileChannel.MapMode.READ_ONLY, this.position, bytes);
		this.windowStart = this.position;
	}

	@Override
	public String toString() {
		long objects = this.counts[0x21] + this.counts[0x22] + this.counts[0x23];
		long roots = Arrays.stream(this.counts).sum() - objects - this.counts[0x20] - this.counts[0xfe];
		return "%d objects (%d instances, %d object arrays, %d primitive arrays), %d classes, %d roots"
			.formatted(objects, this.counts[0x21], this.counts[0x22], this.counts[0x23], this.counts[0x20], roots);
	}

}
