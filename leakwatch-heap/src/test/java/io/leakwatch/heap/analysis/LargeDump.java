package io.leakwatch.heap.analysis;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * Writes a heap dump of any size as it comes: names and classes first, then objects. For
 * heaps that are too large for what collects a dump in memory. Format 1.0.2, identifiers
 * of 8 bytes.
 */
final class LargeDump implements Closeable {

	private static final int SEGMENT_BYTES = 1 << 20;

	private static final int SEGMENT_HEADER_BYTES = 9;

	private static final int OBJECT_TYPE = 2;

	private final FileChannel out;

	private final ByteBuffer segment = ByteBuffer.allocateDirect(8 << 20);

	private ByteBuffer classes = ByteBuffer.allocate(1 << 16);

	private long nextName = 0x10;

	private int classCount;

	private final long fieldNames;

	/**
	 * Begins a dump.
	 * @param file the file
	 * @param fieldNames the names of the fields of every class
	 */
	LargeDump(Path file, List<String> fieldNames) throws IOException {
		this.out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
				StandardOpenOption.WRITE);
		this.segment.put("JAVA PROFILE 1.0.2\0".getBytes(StandardCharsets.US_ASCII)).putInt(8).putLong(0);
		this.fieldNames = this.nextName;
		for (String each : fieldNames) {
			name(each);
		}
	}

	private long name(String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		makeRoom(SEGMENT_HEADER_BYTES + 8 + bytes.length);
		this.segment.put((byte) 1).putInt(0).putInt(8 + bytes.length).putLong(this.nextName).put(bytes);
		return this.nextName++;
	}

	/** Declares a class; all of them before the first object. */
	void declare(long id, String name, long superId, long loader, int references, long... statics) throws IOException {
		long nameId = name(name.replace('.', '/'));
		makeRoom(SEGMENT_HEADER_BYTES + 24);
		this.segment.put((byte) 2).putInt(0).putInt(24).putInt(++this.classCount).putLong(id).putInt(0).putLong(nameId);
		int bytes = 71 + statics.length * 17 + references * 9;
		if (this.classes.remaining() < bytes) {
			this.classes = ByteBuffer.allocate(2 * this.classes.capacity() + bytes).put(this.classes.flip());
		}
		this.classes.put((byte) 0x20).putLong(id).putInt(0).putLong(superId).putLong(loader).putLong(0).putLong(0);
		this.classes.putLong(0).putLong(0).putInt(8 * references).putShort((short) 0).putShort((short) statics.length);
		for (int i = 0; i < statics.length; i++) {
			this.classes.putLong(this.fieldNames + i).put((byte) OBJECT_TYPE).putLong(statics[i]);
		}
		this.classes.putShort((short) references);
		for (int i = 0; i < references; i++) {
			this.classes.putLong(this.fieldNames + i).put((byte) OBJECT_TYPE);
		}
	}

	/** Ends the declarations. */
	void objects() throws IOException {
		write(this.segment.flip());
		this.segment.clear();
		this.classes.flip();
		writeSegmentHeader(this.classes.remaining());
		write(this.segment.flip());
		write(this.classes);
		this.segment.clear();
	}

	void root(long id) throws IOException {
		begin(9);
		this.segment.put((byte) 0xff).putLong(id);
	}

	void instance(long id, long classId, long... references) throws IOException {
		begin(25 + 8 * references.length);
		this.segment.put((byte) 0x21).putLong(id).putInt(0).putLong(classId).putInt(8 * references.length);
		for (long each : references) {
			this.segment.putLong(each);
		}
	}

	/** An array of bytes. */
	void bytes(long id, int length) throws IOException {
		begin(18 + length);
		this.segment.put((byte) 0x23).putLong(id).putInt(0).putInt(length).put((byte) 8);
		this.segment.position(this.segment.position() + length);
	}

	/** An array of references, in a segment of its own. */
	void array(long id, long classId, int length, LongUnaryOperator elements) throws IOException {
		endSegment();
		writeSegmentHeader(25 + 8L * length);
		this.segment.put((byte) 0x22).putLong(id).putInt(0).putInt(length).putLong(classId);
		for (int i = 0; i < length; i++) {
			makeRoom(8);
			this.segment.putLong(elements.applyAsLong(i));
		}
		write(this.segment.flip());
		this.segment.clear();
	}

	private void writeSegmentHeader(long bytes) {
		this.segment.put((byte) 0x1c).putInt(0).putInt((int) bytes);
	}

	private void begin(int bytes) throws IOException {
		if (this.segment.position() > SEGMENT_BYTES) {
			endSegment();
		}
		if (this.segment.position() == 0) {
			writeSegmentHeader(0);
		}
		if (this.segment.remaining() < bytes) {
			throw new IllegalArgumentException("too large an object: " + bytes);
		}
	}

	private void endSegment() throws IOException {
		if (this.segment.position() > 0) {
			this.segment.putInt(5, this.segment.position() - SEGMENT_HEADER_BYTES);
			write(this.segment.flip());
			this.segment.clear();
		}
	}

	private void makeRoom(int bytes) throws IOException {
		if (this.segment.remaining() < bytes) {
			write(this.segment.flip());
			this.segment.clear();
		}
	}

	private void write(ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) {
			this.out.write(bytes);
		}
	}

	@Override
	public void close() throws IOException {
		endSegment();
		this.segment.put((byte) 0x2c).putInt(0).putInt(0);
		write(this.segment.flip());
		this.out.close();
	}

}
