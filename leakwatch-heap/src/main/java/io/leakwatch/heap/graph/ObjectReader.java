package io.leakwatch.heap.graph;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.leakwatch.heap.hprof.BasicType;
import io.leakwatch.heap.hprof.HprofFile.Segment;
import io.leakwatch.heap.hprof.RecordCursor;
import org.jspecify.annotations.Nullable;

/**
 * Reads single objects in any order: for names of threads, loaders and beans, and the few
 * objects that are shown to a person. A read walks the records near the object, some ten
 * microseconds where the dump is in the order of addresses; where it is not (ZGC and
 * Shenandoah write theirs in the order of a walk over the graph) a read may take as long
 * as a scan of the dump, so look at many objects by {@link HeapGraph#visit} instead.
 *
 * <p>
 * For one thread. What is read after the graph was closed fails with an
 * {@link IllegalStateException}.
 */
public final class ObjectReader {

	private static final int LONGEST_TEXT = 1_024;

	private final HeapGraph graph;

	private final ObjectIndex index;

	private final RecordCursor cursor;

	private @Nullable HeapClass type;

	ObjectReader(HeapGraph graph, ObjectIndex index) {
		this(graph, index, graph.file().cursor());
	}

	private ObjectReader(HeapGraph graph, ObjectIndex index, RecordCursor cursor) {
		this.graph = graph;
		this.index = index;
		this.cursor = cursor;
	}

	/** A reader of the object at which a cursor is, which cannot go to others. */
	ObjectReader at(RecordCursor record, HeapClass type) {
		ObjectReader reader = new ObjectReader(this.graph, this.index, record);
		reader.type = type;
		return reader;
	}

	/**
	 * Goes to an object.
	 * @param id its id
	 * @return whether the dump has it
	 * @throws IOException where the dump cannot be read
	 */
	public boolean seek(long id) throws IOException {
		this.graph.file().requireOpen();
		this.type = null;
		long[] span = span(id);
		if (id == 0 || span == null || this.index.find(id) < 0) {
			return false;
		}
		List<Segment> segments = this.graph.dump().segments();
		for (int i = segmentOf(segments, span[0]); i < segments.size() && segments.get(i).start() <= span[1]; i++) {
			this.cursor.in(segments.get(i), span[0]);
			while (this.cursor.next()) {
				HeapClass found = (this.cursor.id() == id) ? this.graph.classes().classOf(this.cursor) : null;
				if (found != null) {
					this.type = found;
					return true;
				}
				if (this.cursor.offset() > span[1]) {
					return false;
				}
			}
		}
		return false;
	}

	/** Where in the file the object is, between two records. */
	long @Nullable [] span(long id) {
		HeapClass mirrored = this.graph.classes().find(id);
		return (mirrored != null) ? new long[] { mirrored.offset(), mirrored.offset() } : this.index.span(id);
	}

	private static int segmentOf(List<Segment> segments, long offset) {
		int low = 0;
		int high = segments.size() - 1;
		while (low < high) {
			int middle = (low + high + 1) >>> 1;
			if (segments.get(middle).start() <= offset) {
				low = middle;
			}
			else {
				high = middle - 1;
			}
		}
		return low;
	}

	/**
	 * The class of the object.
	 * @return the class, {@code null} where there is no object
	 */
	public @Nullable HeapClass type() {
		return this.type;
	}

	/**
	 * The size of the object.
	 * @return bytes, 0 where there is no object
	 * @throws IOException where the dump cannot be read
	 */
	public long shallowBytes() throws IOException {
		this.graph.file().requireOpen();
		return (this.type != null) ? this.graph.shallowBytes(this.type, this.cursor) : 0;
	}

	/**
	 * The elements of the array, the bytes of an instance.
	 * @return a count
	 */
	public int length() {
		return this.cursor.length();
	}

	/**
	 * A reference in an instance's field.
	 * @param field the name of the field
	 * @return the id of an object, 0 for none or where there is no such field
	 * @throws IOException where the dump cannot be read
	 */
	public long reference(String field) throws IOException {
		int offset = offset(field, this.graph.file().idSize());
		return (offset >= 0) ? this.cursor.readId(this.cursor.body() + offset) : 0;
	}

	/**
	 * An {@code int} in an instance's field.
	 * @param field the name of the field
	 * @return the value, 0 where there is no such field
	 * @throws IOException where the dump cannot be read
	 */
	public int intValue(String field) throws IOException {
		int offset = offset(field, Integer.BYTES);
		return (offset >= 0) ? this.cursor.readInt(this.cursor.body() + offset) : 0;
	}

	/**
	 * A reference in an array.
	 * @param element the number of the element
	 * @return the id of an object, 0 for none
	 * @throws IOException where the dump cannot be read
	 */
	public long element(int element) throws IOException {
		this.graph.file().requireOpen();
		return this.cursor.readId(this.cursor.body() + (long) element * this.graph.file().idSize());
	}

	private int offset(String field, int bytes) throws IOException {
		this.graph.file().requireOpen();
		HeapClass each = this.type;
		if (each == null || this.cursor.tag() != RecordCursor.INSTANCE) {
			return -1;
		}
		int offset = each.offsetOf(field, this.graph.file());
		return (offset + bytes <= this.cursor.length()) ? offset : -1;
	}

	/**
	 * The text of a string object, or of an array of characters, in which old JDKs have
	 * some names. Goes to other objects.
	 * @param id the id of the object
	 * @return its text, cut after 1024 characters; {@code null} where there is no such
	 * string
	 * @throws IOException where the dump cannot be read
	 */
	public @Nullable String text(long id) throws IOException {
		Text text = seek(id) ? text() : null;
		return (text != null && seek(text.array())) ? characters(text) : null;
	}

	/**
	 * Where the text of the string, or of the array of characters, is; {@code null} where
	 * the object is neither.
	 */
	@Nullable Text text() throws IOException {
		if (this.type != null && this.type.name().equals("[C")) {
			return new Text(this.cursor.id(), 0, Integer.MAX_VALUE, 0);
		}
		if (this.type == null || !this.type.name().equals("java.lang.String")) {
			return null;
		}
		int coderOffset = offset("coder", 1);
		int coder = (coderOffset >= 0) ? this.cursor.readByte(this.cursor.body() + coderOffset) : 0;
		int count = (offset("count", Integer.BYTES) >= 0) ? intValue("count") : Integer.MAX_VALUE;
		return new Text(reference("value"), intValue("offset"), count, coder);
	}

	/** The text in the array, {@code null} where the object is no array of that kind. */
	@Nullable String characters(Text text) throws IOException {
		return (this.cursor.tag() == RecordCursor.PRIMITIVE_ARRAY)
				? characters(text.first(), text.count(), text.coder()) : null;
	}

	private String characters(int first, int count, int coder) throws IOException {
		boolean wide = this.cursor.elementType() == BasicType.CHAR;
		int unit = wide ? Character.BYTES : 1;
		int most = LONGEST_TEXT * ((wide || coder == 0) ? 1 : Character.BYTES);
		int from = Math.max(0, Math.min(first, this.cursor.length()));
		int length = Math.max(0, Math.min(Math.min(this.cursor.length() - from, count), most));
		byte[] bytes = new byte[length * unit];
		this.cursor.readBytes(this.cursor.body() + (long) from * unit, bytes, bytes.length);
		if (wide) {
			return new String(bytes, StandardCharsets.UTF_16BE);
		}
		return new String(bytes, (coder == 0) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16LE);
	}

	/** The record that the object is read from. */
	RecordCursor record() {
		return this.cursor;
	}

	/**
	 * Where a string has its text.
	 *
	 * @param array the id of the array
	 * @param first the first character's place
	 * @param count how many characters at most
	 * @param coder how bytes are to be read
	 */
	record Text(long array, int first, int count, int coder) {
	}

}
