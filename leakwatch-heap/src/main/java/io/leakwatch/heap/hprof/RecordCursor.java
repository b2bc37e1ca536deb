package io.leakwatch.heap.hprof;

import java.io.IOException;

/**
 * Walks the sub-records of heap dump segments: roots, classes, instances and arrays. The
 * accessors tell of the record that {@link #next} came to; what a record does not have is
 * left from an earlier one. Makes no objects. One thread uses it at a time; several
 * cursors may read one file.
 */
public final class RecordCursor {

	/** A class with its static values and its field names. */
	public static final int CLASS = 0x20;

	/** An object that is no array. */
	public static final int INSTANCE = 0x21;

	/** An array of references. */
	public static final int OBJECT_ARRAY = 0x22;

	/** An array of a primitive type. */
	public static final int PRIMITIVE_ARRAY = 0x23;

	/** What looks like a root and says that nothing reaches the object (Android). */
	public static final int UNREACHABLE = 0x90;

	/** An array of a primitive type without its elements (Android). */
	public static final int PRIMITIVE_ARRAY_WITHOUT_DATA = 0xc3;

	/** The name of the heap that the next objects are in (Android). */
	public static final int HEAP_INFO = 0xfe;

	private final Window window;

	private final HprofFile file;

	private final int idSize;

	private long end;

	private boolean cut;

	private long record;

	private long following;

	private int tag;

	private long id;

	private long classId;

	private int length;

	private int elementType;

	private int threadSerial;

	private int frameNumber;

	private long body;

	private boolean incomplete;

	RecordCursor(HprofFile file, Window window) {
		this.file = file;
		this.window = window;
		this.idSize = file.idSize();
	}

	/**
	 * Begins at a segment.
	 * @param segment the segment
	 * @return this cursor
	 */
	public RecordCursor in(HprofFile.Segment segment) {
		this.file.requireOpen();
		this.following = segment.start();
		this.end = segment.end();
		this.cut = segment.cut();
		this.incomplete = false;
		return this;
	}

	/**
	 * Begins in the middle of a segment.
	 * @param segment the segment
	 * @param offset where one of its records begins
	 * @return this cursor
	 */
	public RecordCursor in(HprofFile.Segment segment, long offset) {
		in(segment);
		this.following = Math.max(offset, segment.start());
		return this;
	}

	/**
	 * Goes to the next record.
	 * @return whether there is one
	 * @throws IOException {@link HprofFormatException} where the bytes are not a record
	 * that ends in the segment
	 */
	public boolean next() throws IOException {
		long at = this.following;
		if (at >= this.end) {
			return false;
		}
		this.record = at;
		int ids = this.idSize;
		Window bytes = this.window;
		if (!bytes.has(at, 1)) {
			// The file ends where a record does, before the segment's end.
			this.following = this.end;
			return false;
		}
		int type = bytes.u1(at);
		this.tag = type;
		if (type == INSTANCE && instance(at)) {
			return isThere() || endOfFile();
		}
		int header = headerBytes(type, ids);
		if (header < 0) {
			throw new HprofFormatException(this.file.path(), at, "the tag of a heap dump record",
					"0x" + Integer.toHexString(type));
		}
		if (at + header > this.end || !bytes.has(at, header)) {
			return overrun(at, header);
		}
		long position = at + 1;
		this.id = bytes.id(position);
		position += ids;
		long bodyBytes = 0;
		switch (type) {
			case INSTANCE -> {
				this.classId = bytes.id(position + 4);
				this.length = bytes.i4(position + 4 + ids);
				bodyBytes = this.length & 0xffffffffL;
			}
			case OBJECT_ARRAY -> {
				this.length = bytes.i4(position + 4);
				this.classId = bytes.id(position + 8);
				bodyBytes = (this.length & 0xffffffffL) * ids;
			}
			case PRIMITIVE_ARRAY, PRIMITIVE_ARRAY_WITHOUT_DATA -> {
				this.length = bytes.i4(position + 4);
				this.elementType = bytes.u1(position + 8);
				int size = BasicType.size(this.elementType, ids);
				if (size == 0 || this.elementType == BasicType.OBJECT) {
					throw new HprofFormatException(this.file.path(), position + 8, "the number of a primitive type",
							Integer.toString(this.elementType));
				}
				bodyBytes = (type == PRIMITIVE_ARRAY) ? (this.length & 0xffffffffL) * size : 0;
			}
			case CLASS -> {
				long after = afterClass(at, position);
				if (after < 0) {
					return false;
				}
				bodyBytes = after - at - header;
			}
			case HEAP_INFO -> this.id = 0;
			default -> root(type, position);
		}
		this.body = at + header;
		this.following = this.body + bodyBytes;
		if (this.following > this.end) {
			return overrun(at, header + bodyBytes);
		}
		if (!isThere()) {
			return endOfFile();
		}
		if (this.length < 0 && ((type > CLASS && type <= PRIMITIVE_ARRAY) || type == PRIMITIVE_ARRAY_WITHOUT_DATA)) {
			throw new HprofFormatException(this.file.path(), at, "fewer than 2^31 elements or bytes",
					Integer.toUnsignedString(this.length));
		}
		return true;
	}

	/**
	 * The commonest record, in short; what is not as it should be is left to the long
	 * way.
	 */
	private boolean instance(long at) throws IOException {
		int ids = this.idSize;
		Window bytes = this.window;
		long content = at + 9 + 2L * ids;
		if (content > this.end || !bytes.has(at, 9 + 2 * ids)) {
			return false;
		}
		int contentBytes = bytes.i4(content - 4);
		if (contentBytes < 0 || content + contentBytes > this.end) {
			return false;
		}
		this.id = bytes.id(at + 1);
		this.classId = bytes.id(at + 5 + ids);
		this.length = contentBytes;
		this.body = content;
		this.following = content + contentBytes;
		return true;
	}

	private void root(int type, long position) {
		this.threadSerial = 0;
		this.frameNumber = -1;
		if (type == 0x02 || type == 0x03 || type == 0x08 || type == 0x8e) {
			this.threadSerial = this.window.i4(position);
			this.frameNumber = this.window.i4(position + 4);
		}
		else if (type == 0x04 || type == 0x06) {
			this.threadSerial = this.window.i4(position);
		}
	}

	/** The fixed part of a record, tag included; -1 for what is no tag. */
	private static int headerBytes(int type, int ids) {
		return switch (type) {
			case INSTANCE -> 1 + ids + 4 + ids + 4;
			case OBJECT_ARRAY -> 1 + ids + 4 + 4 + ids;
			case PRIMITIVE_ARRAY, PRIMITIVE_ARRAY_WITHOUT_DATA -> 1 + ids + 4 + 4 + 1;
			case CLASS -> 1 + 7 * ids + 8;
			case 0xff, 0x05, 0x07, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, UNREACHABLE -> 1 + ids;
			case 0x01 -> 1 + 2 * ids;
			case 0x02, 0x03, 0x08, 0x8e -> 1 + ids + 8;
			case 0x04, 0x06 -> 1 + ids + 4;
			case HEAP_INFO -> 1 + 4 + ids;
			default -> -1;
		};
	}

	/** Where a class record ends, -1 where the file ends first. */
	private long afterClass(long at, long afterId) throws IOException {
		this.classId = this.window.id(afterId + 4);
		long position = at + 1 + 7L * this.idSize + 8;
		for (int part = 0; part < 3; part++) {
			if (!fits(position, 2)) {
				overrun(at, position + 2 - at);
				return -1;
			}
			int count = this.window.u2(position);
			position += 2;
			int name = (part == 0) ? 2 : this.idSize;
			for (int i = 0; i < count; i++) {
				if (!fits(position, name + 1)) {
					overrun(at, position + name + 1 - at);
					return -1;
				}
				int type = this.window.u1(position + name);
				int size = BasicType.size(type, this.idSize);
				if (size == 0) {
					throw new HprofFormatException(this.file.path(), position + name, "the number of a type",
							Integer.toString(type));
				}
				position += name + 1 + ((part == 2) ? 0 : size);
			}
		}
		return position;
	}

	private boolean fits(long position, int bytes) throws IOException {
		return position + bytes <= this.end && this.window.has(position, bytes);
	}

	/**
	 * Whether the file has the record's last byte: of one that is inflated while it is
	 * read, nobody knows before.
	 */
	private boolean isThere() throws IOException {
		return this.window.has(this.following - 1, 1);
	}

	private boolean overrun(long at, long bytes) throws IOException {
		if (this.cut || !this.window.has(this.end - 1, 1)) {
			return endOfFile();
		}
		throw new HprofFormatException(this.file.path(), at, "a record that ends within its segment, at " + this.end,
				"one of " + bytes + " bytes, which ends at " + (at + bytes));
	}

	private boolean endOfFile() {
		this.incomplete = true;
		this.following = this.end;
		return false;
	}

	/**
	 * What kind of record this is.
	 * @return one of the constants of this class, or the tag of a root
	 */
	public int tag() {
		return this.tag;
	}

	/**
	 * The object that the record is of.
	 * @return its id
	 */
	public long id() {
		return this.id;
	}

	/**
	 * The class of an instance, the array class of an array of references, the superclass
	 * of a class.
	 * @return the id of a class, 0 for none
	 */
	public long classId() {
		return this.classId;
	}

	/**
	 * The elements of an array, or the bytes of an instance's fields.
	 * @return a count
	 */
	public int length() {
		return this.length;
	}

	/**
	 * The type of a primitive array's elements.
	 * @return a number of {@link BasicType}
	 */
	public int elementType() {
		return this.elementType;
	}

	/**
	 * The thread of a root.
	 * @return its serial number, 0 where the root has none
	 */
	public int threadSerial() {
		return this.threadSerial;
	}

	/**
	 * The frame of a root in its thread's stack.
	 * @return the number of the frame counted from the top, -1 for none
	 */
	public int frameNumber() {
		return this.frameNumber;
	}

	/**
	 * Where the record begins.
	 * @return an offset in the file
	 */
	public long offset() {
		return this.record;
	}

	/**
	 * Where the fields or elements begin.
	 * @return an offset in the file
	 */
	public long body() {
		return this.body;
	}

	/**
	 * Whether the walk ended because the file does, in the middle of a record.
	 * @return whether something is missing
	 */
	public boolean incomplete() {
		return this.incomplete;
	}

	/**
	 * A reference in this record's body.
	 * @param offset where it stands in the file
	 * @return the id of an object, 0 for none
	 * @throws IOException where the file cannot be read
	 */
	public long readId(long offset) throws IOException {
		if (!this.window.has(offset, this.idSize)) {
			throw new HprofFormatException(this.file.path(), offset, "a reference", "the end of the file");
		}
		return this.window.id(offset);
	}

	/**
	 * An {@code int} in this record's body.
	 * @param offset where it stands in the file
	 * @return the value
	 * @throws IOException where the file cannot be read
	 */
	public int readInt(long offset) throws IOException {
		this.window.require(offset, Integer.BYTES, "a value");
		return this.window.i4(offset);
	}

	/**
	 * A {@code long} in this record's body.
	 * @param offset where it stands in the file
	 * @return the value
	 * @throws IOException where the file cannot be read
	 */
	public long readLong(long offset) throws IOException {
		this.window.require(offset, Long.BYTES, "a value");
		return this.window.i8(offset);
	}

	/**
	 * A byte in this record's body.
	 * @param offset where it stands in the file
	 * @return the value, 0 to 255
	 * @throws IOException where the file cannot be read
	 */
	public int readByte(long offset) throws IOException {
		this.window.require(offset, 1, "a value");
		return this.window.u1(offset);
	}

	/**
	 * Bytes of this record's body.
	 * @param offset where they begin in the file
	 * @param target where they are put, from its start
	 * @param count how many
	 * @throws IOException where the file cannot be read
	 */
	public void readBytes(long offset, byte[] target, int count) throws IOException {
		int done = 0;
		while (done < count) {
			int part = Math.min(count - done, 1 << 20);
			this.window.require(offset + done, part, "content");
			this.window.bytes(offset + done, target, done, part);
			done += part;
		}
	}

	/**
	 * The class that this record is of, all of it.
	 * @return the class
	 * @throws IOException where the file cannot be read
	 */
	public ClassRecord readClass() throws IOException {
		return ClassRecord.read(this.window, this.record, this.idSize);
	}

}
