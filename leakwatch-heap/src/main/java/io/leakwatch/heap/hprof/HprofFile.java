package io.leakwatch.heap.hprof;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.heap.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * A heap dump file: its header, its names, its stacks, and where its heap dumps are.
 * Opening walks the headers of the top-level records (a thousand in a gigabyte) and the
 * names; no object is read.
 *
 * <p>
 * Versions 1.0.1 to 1.0.3 (Android's) with ids of 4 or 8 bytes, compressed by gzip or
 * not. A file that ends too early is read as far as it goes, and {@link #damage} says so.
 * Safe for several threads. It lives as long as the {@link Memory} it was opened with;
 * what is asked of it afterwards fails.
 */
public final class HprofFile {

	private static final String MAGIC = "JAVA PROFILE 1.0.";

	private static final int HEADER_LIMIT = 64;

	private static final int RECORD_HEADER = 9;

	private static final int LONGEST_NAME = 4_096;

	private static final int STRING = 0x01;

	private final Source source;

	private final Memory memory;

	private final String version;

	private final int idSize;

	private final Instant writtenAt;

	private final StringPlaces strings;

	private final LongMap classNames = new LongMap();

	private final LongMap classBySerial = new LongMap();

	private final LongMap frames = new LongMap();

	private final LongMap traces = new LongMap();

	private final LongMap threadNames = new LongMap();

	private final List<Dump> dumps = new ArrayList<>();

	private final List<String> damage = new ArrayList<>();

	private final Window window;

	/** The names, where the file itself is gone by when they are asked for. */
	private final @Nullable KeptRecords kept;

	private final Window names;

	private final long start;

	private long size;

	private HprofFile(Source source, Memory memory, @Nullable KeptRecords kept) throws IOException {
		this.source = source;
		this.memory = memory;
		this.kept = kept;
		this.strings = new StringPlaces(memory);
		Window start = new Window(source, Long.BYTES);
		StringBuilder text = new StringBuilder();
		int position = 0;
		for (;; position++) {
			if (position > HEADER_LIMIT || !start.has(position, 1)) {
				throw notAHeapDump(text);
			}
			int character = start.u1(position);
			if (character == 0) {
				break;
			}
			text.append((char) character);
		}
		this.version = text.toString();
		if (!this.version.startsWith(MAGIC)) {
			throw notAHeapDump(text);
		}
		start.require(position + 1, 12, "the header");
		this.idSize = start.i4(position + 1);
		if (this.idSize != Integer.BYTES && this.idSize != Long.BYTES) {
			throw new HprofFormatException(source.path(), position + 1, "ids of 4 or 8 bytes",
					Integer.toUnsignedString(this.idSize));
		}
		this.writtenAt = Instant.ofEpochMilli(start.i8(position + 5));
		this.window = new Window(source, this.idSize);
		this.names = (kept != null) ? new Window(kept, this.idSize) : this.window;
		this.start = position + 13L;
	}

	/**
	 * Opens a file.
	 * @param path the file
	 * @param memory what keeps its mappings, and what it inflates where it is compressed;
	 * closing it closes the file
	 * @return the file
	 * @throws IOException where it cannot be read; {@link HprofFormatException} where it
	 * is no heap dump
	 */
	public static HprofFile open(Path path, Memory memory) throws IOException {
		return open(path, memory, Source.Mapped.STEP_BITS);
	}

	/** The same with smaller mappings, for tests: as large a file would take its time. */
	static HprofFile open(Path path, Memory memory, int stepBits) throws IOException {
		FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
		memory.closeLater(channel);
		List<String> damage = new ArrayList<>();
		if (Gzip.isGzip(channel)) {
			channel = Gzip.inflate(path, channel, memory, damage);
		}
		HprofFile file = new HprofFile(new Source.Mapped(path, channel, memory, stepBits), memory, null);
		file.size = file.source.size();
		file.damage.addAll(damage);
		file.readRecords(null, null);
		return file;
	}

	/**
	 * Whether a file is compressed by gzip.
	 * @param path the file
	 * @return whether it begins as such a file does
	 * @throws IOException where it cannot be read
	 */
	public static boolean isCompressed(Path path) throws IOException {
		try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
			return Gzip.isGzip(channel);
		}
	}

	/**
	 * Reads a compressed file once, front to back, where {@link #open} takes a temporary
	 * copy of it. Takes some 8 MB, and the file's names.
	 * @param path the file
	 * @param memory where the names are kept
	 * @param reader who is shown each heap dump segment, on this thread
	 * @return the file: its names, its damage and how many dumps it has, but neither
	 * {@linkplain #cursor records} nor {@linkplain #stack stacks}
	 * @throws IOException where it cannot be read; {@link HprofFormatException} where it
	 * is no heap dump
	 */
	public static HprofFile readOnce(Path path, Memory memory, SegmentReader reader) throws IOException {
		try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
				Gzip gzip = new Gzip(path, channel)) {
			Source source = new InflatedSource(gzip, memory);
			HprofFile file = new HprofFile(source, memory, new KeptRecords(path, memory));
			file.readRecords(reader, gzip);
			file.size = source.size();
			file.damage.addAll(0, gzip.damage());
			return file;
		}
	}

	/**
	 * Walks the top-level records. A segment is shown to the reader, if there is one,
	 * before it is known whether the file has all of it.
	 */
	private void readRecords(@Nullable SegmentReader reader, @Nullable Gzip gzip) throws IOException {
		Window bytes = this.window;
		RecordCursor cursor = new RecordCursor(this, bytes);
		Dump dump = null;
		boolean open = false;
		long position = this.start;
		while (bytes.has(position, 1)) {
			if (!bytes.has(position, RECORD_HEADER)) {
				this.damage.add("the file ends in the middle of a record, at byte " + position);
				open = false;
				break;
			}
			int tag = bytes.u1(position);
			long length = bytes.u4(position + 5);
			long body = position + RECORD_HEADER;
			long end = body + length;
			if (!isTag(tag)) {
				damaged(position, tag);
				return;
			}
			long name = position;
			if (tag == 0x0c || tag == 0x1c) {
				// A dump that was interrupted has a segment whose length was never
				// filled in.
				boolean unfinished = length == 0 && tag == 0x1c && !knownTag(body);
				end = unfinished ? Long.MAX_VALUE : end;
				if (dump == null || tag == 0x0c) {
					dump = new Dump(this.dumps.size(), new ArrayList<>());
					this.dumps.add(dump);
				}
				open = tag == 0x1c;
				if (reader != null && gzip != null) {
					reader.segment(this, dump.number(), cursor.in(new Segment(body, end, unfinished)), gzip.share());
				}
			}
			else if (tag == STRING && this.kept != null) {
				name = this.kept.keep(bytes, position,
						(int) Math.min(RECORD_HEADER + length, RECORD_HEADER + this.idSize + LONGEST_NAME));
			}
			boolean cut = !bytes.has(end - 1, 1);
			if (dump != null && (tag == 0x0c || tag == 0x1c)) {
				dump.segments.add(new Segment(body, cut ? this.source.size() : end, cut));
			}
			else if (tag == 0x2c) {
				dump = null;
				open = false;
			}
			else if (!cut) {
				readName(tag, position, body, length, name);
			}
			if (cut) {
				this.damage.add("the file ends at byte " + this.source.size() + ", in the middle of a record of "
						+ length + " bytes that began at " + position);
				open = false;
				break;
			}
			position = end;
		}
		if (open) {
			this.damage.add("the file ends at byte " + position
					+ " without the record that ends a heap dump: what follows is missing, if anything");
		}
		if (this.dumps.isEmpty()) {
			throw new HprofFormatException(this.source.path(), position, "a heap dump record",
					"the end of the file: it holds no heap dump");
		}
	}

	private boolean knownTag(long position) throws IOException {
		return !this.window.has(position, 1) || isTag(this.window.u1(position));
	}

	private static boolean isTag(int tag) {
		return (tag >= 0x01 && tag <= 0x0e) || tag == 0x1c || tag == 0x2c;
	}

	private void damaged(long position, int tag) throws HprofFormatException {
		HprofFormatException failure = new HprofFormatException(this.source.path(), position,
				"the tag of a top-level record", "0x" + Integer.toHexString(tag));
		if (this.dumps.isEmpty()) {
			throw failure;
		}
		this.damage.add("what follows byte " + position + " is no record and was left out");
	}

	private void readName(int tag, long position, long body, long length, long name) throws IOException {
		Window bytes = this.window;
		int ids = this.idSize;
		int least = switch (tag) {
			case STRING -> ids;
			case 0x02 -> 8 + 2 * ids;
			case 0x04 -> 4 * ids + 8;
			case 0x05 -> 12;
			case 0x0a -> 12 + 4 * ids - 4;
			default -> 0;
		};
		if (least == 0) {
			return;
		}
		if (length < least) {
			throw new HprofFormatException(this.source.path(), position, "a record of at least " + least + " bytes",
					length + " bytes");
		}
		bytes.require(body, least, "a record");
		switch (tag) {
			case STRING -> this.strings.put(bytes.id(body), name);
			case 0x02 -> {
				long classId = bytes.id(body + 4);
				this.classNames.put(classId, bytes.id(body + 8 + ids));
				this.classBySerial.put(bytes.i4(body), classId);
			}
			case 0x04 -> this.frames.put(bytes.id(body), body);
			case 0x05 -> this.traces.put(bytes.i4(body), body);
			default -> this.threadNames.put(bytes.i4(body), bytes.id(body + 8 + ids));
		}
	}

	private HprofFormatException notAHeapDump(StringBuilder found) {
		String shown = found.chars().allMatch((character) -> character >= ' ' && character < 0x7f)
				? "\"" + found.substring(0, Math.min(found.length(), 24)) + "\"" : "other bytes";
		return new HprofFormatException(this.source.path(), 0, "\"" + MAGIC + "…\", as a heap dump begins",
				found.isEmpty() ? "an empty file" : shown);
	}

	/**
	 * The file that was opened.
	 * @return its path
	 */
	public Path path() {
		return this.source.path();
	}

	/**
	 * How long the file is, inflated.
	 * @return bytes
	 */
	public long size() {
		return this.size;
	}

	/**
	 * How the file calls its format.
	 * @return the text it begins with, {@code JAVA PROFILE 1.0.2} for one
	 */
	public String version() {
		return this.version;
	}

	/**
	 * The size of an id.
	 * @return 4 or 8 bytes
	 */
	public int idSize() {
		return this.idSize;
	}

	/**
	 * When the dump was begun, as the file says.
	 * @return the moment
	 */
	public Instant writtenAt() {
		return this.writtenAt;
	}

	/**
	 * The heap dumps in the file, oldest first; at least one.
	 * @return an immutable list
	 */
	public List<Dump> dumps() {
		return List.copyOf(this.dumps);
	}

	/**
	 * One of the heap dumps in the file.
	 * @param number its number, 0 for the oldest; -1 for the last
	 * @return the dump
	 * @throws IOException where there is none of that number
	 */
	public Dump dump(int number) throws IOException {
		int count = this.dumps.size();
		if (number >= count || number < -1) {
			throw new IOException(
					path() + " has " + count + " heap dumps, numbered from 0; there is no number " + number);
		}
		return this.dumps.get((number < 0) ? count - 1 : number);
	}

	/**
	 * What is missing from the file.
	 * @return sentences; empty where it is whole
	 */
	public List<String> damage() {
		return List.copyOf(this.damage);
	}

	/**
	 * Throws {@link IllegalStateException} where the file was closed with its memory.
	 */
	public void requireOpen() {
		this.memory.requireOpen();
	}

	/**
	 * A reader of the file's heap dump records.
	 * @return a new cursor, at no segment
	 */
	public RecordCursor cursor() {
		requireRecords();
		return new RecordCursor(this, new Window(this.source, this.idSize));
	}

	private void requireRecords() {
		requireOpen();
		if (this.kept != null) {
			throw new IllegalStateException("The file was read once; open it to read its records again");
		}
	}

	/**
	 * A name by its id.
	 * @param id the id of a string record
	 * @return the text, cut after 4096 bytes; {@code null} where the file has none
	 * @throws IOException where the file cannot be read
	 */
	public synchronized @Nullable String string(long id) throws IOException {
		requireOpen();
		long position = this.strings.get(id);
		if (position == StringPlaces.MISSING) {
			return null;
		}
		this.names.require(position, RECORD_HEADER, "a string");
		int length = (int) Math.min(this.names.u4(position + 5) - this.idSize, LONGEST_NAME);
		byte[] text = new byte[length];
		long body = position + RECORD_HEADER + this.idSize;
		this.names.require(body, length, "a string");
		this.names.bytes(body, text, 0, length);
		return new String(text, StandardCharsets.UTF_8);
	}

	/**
	 * The name of a class, as {@code Class.getName} has it.
	 * @param classId the object that the class is
	 * @return the name, {@code null} where the file has none
	 * @throws IOException where the file cannot be read
	 */
	public @Nullable String className(long classId) throws IOException {
		long nameId = this.classNames.get(classId);
		String name = (nameId != LongMap.MISSING) ? string(nameId) : null;
		return (name != null) ? BasicType.className(name.replace('/', '.')) : null;
	}

	/**
	 * The methods of a stack, innermost first.
	 * @param traceSerial the serial number of a trace
	 * @return lines such as {@code com.acme.Shop.sell(Shop.java:12)}; empty where the
	 * file does not tell
	 * @throws IOException where the file cannot be read
	 */
	public synchronized List<String> stack(int traceSerial) throws IOException {
		requireRecords();
		long trace = this.traces.get(traceSerial);
		List<String> lines = new ArrayList<>();
		if (trace == LongMap.MISSING) {
			return lines;
		}
		this.window.require(trace, 12, "a stack trace");
		long count = Math.min(this.window.u4(trace + 8), (this.window.u4(trace - 4) - 12) / this.idSize);
		for (long i = 0; i < count; i++) {
			this.window.require(trace + 12 + i * this.idSize, this.idSize, "a frame");
			long frame = this.frames.get(this.window.id(trace + 12 + i * this.idSize));
			lines.add((frame != LongMap.MISSING) ? frame(frame) : "?");
		}
		return lines;
	}

	private String frame(long body) throws IOException {
		this.window.require(body, 4 * this.idSize + 8, "a frame");
		long methodId = this.window.id(body + this.idSize);
		long fileId = this.window.id(body + 3L * this.idSize);
		int classSerial = this.window.i4(body + 4L * this.idSize);
		int line = this.window.i4(body + 4L * this.idSize + 4);
		long classId = this.classBySerial.get(classSerial);
		String className = (classId != LongMap.MISSING) ? className(classId) : null;
		String file = string(fileId);
		String place = (file == null) ? "Unknown Source" : (line > 0) ? file + ":" + line : file;
		String method = string(methodId);
		return ((className != null) ? className : "?") + "." + ((method != null) ? method : "?") + "(" + place + ")";
	}

	/**
	 * The name of a thread, where a record of its start tells (hprof agent's files).
	 * @param threadSerial its serial number
	 * @return the name, or {@code null}
	 * @throws IOException where the file cannot be read
	 */
	public @Nullable String threadName(int threadSerial) throws IOException {
		long nameId = this.threadNames.get(threadSerial);
		return (nameId != LongMap.MISSING) ? string(nameId) : null;
	}

	/**
	 * One heap dump of a file.
	 *
	 * @param number its place in the file, 0 for the oldest
	 * @param segments its parts, in the order of the file
	 */
	public record Dump(int number, List<Segment> segments) {
	}

	/**
	 * A run of heap dump records.
	 *
	 * @param start where its first record begins, an offset in the file
	 * @param end where it ends
	 * @param cut whether the file ends before it does
	 */
	public record Segment(long start, long end, boolean cut) {
	}

}
