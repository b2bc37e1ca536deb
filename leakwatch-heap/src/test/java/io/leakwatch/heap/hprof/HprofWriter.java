package io.leakwatch.heap.hprof;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A heap that a test makes up, written as a heap dump. Everything is declared first, in
 * any order, and written by {@link #writeTo(Path)} or {@link #toBytes()}:
 *
 * <pre class="code">
 * HprofWriter heap = new HprofWriter();
 * SyntheticClass order = heap.declare("com.acme.Order").field("id", LONG).references("next");
 * SyntheticInstance first = heap.instance(order).set("id", 1);
 * first.set("next", heap.instance(order).set("id", 2));
 * heap.declare("com.acme.Orders").staticField("FIRST", first);
 * heap.writeTo(file);
 * </pre>
 *
 * <p>
 * As the virtual machine does, classes are written for what is used: arrays, strings and
 * threads have theirs without being declared. Every class of the boot loader is a sticky
 * root. What the language does not offer is written with {@link #subRecord},
 * {@link #before} and {@link #after}, or without this class, by
 * {@link HprofRecordWriter}.
 */
public final class HprofWriter {

	/** The classes that exist once, by name: the JDK's and those of arrays. */
	private final Map<String, SyntheticClass> wellKnown = new LinkedHashMap<>();

	private final HprofAssembly file;

	private final String version;

	private final int idSize;

	private long nextAddress;

	private int nextFrameId = 1;

	/** A dump of today's virtual machines: format 1.0.2, identifiers of 8 bytes. */
	public HprofWriter() {
		this("1.0.2", 8);
	}

	/**
	 * A dump of a version of the format. A dump of version 1.0.1 is one record, one of a
	 * later version is made of segments. Version 1.0.3 has the names of classes with dots
	 * and words, as Android does.
	 * @param version the number, such as {@code 1.0.2}
	 * @param idSize the bytes of an identifier: 4 or 8
	 */
	public HprofWriter(String version, int idSize) {
		this.version = version;
		this.idSize = idSize;
		this.file = new HprofAssembly("JAVA PROFILE " + version, idSize);
		this.file.segmentBytes = version.equals("1.0.1") ? 0 : 1 << 20;
		this.nextAddress = (idSize == 4) ? 0xe000_0000L : 0x7_e000_0000L;
	}

	/**
	 * Sets how large a segment grows before the next one begins.
	 * @param bytes the size; 0 writes the whole dump into one HEAP_DUMP record
	 * @return this writer
	 */
	public HprofWriter segmentBytes(int bytes) {
		this.file.segmentBytes = bytes;
		return this;
	}

	/**
	 * Sets the order within a dump, classes, roots and objects otherwise.
	 * @param parts the parts; one that is left out is not written
	 * @return this writer
	 */
	public HprofWriter order(HprofPart... parts) {
		this.file.order = List.of(parts);
		return this;
	}

	/**
	 * Writes strings, LOAD_CLASS records, frames and traces after the heap they describe.
	 * @return this writer
	 */
	public HprofWriter namesLast() {
		this.file.namesLast = true;
		return this;
	}

	/**
	 * Makes no class a root that is not declared one.
	 * @return this writer
	 */
	public HprofWriter withoutStickyClasses() {
		this.file.stickyClasses = false;
		return this;
	}

	/**
	 * Sets the address of the next object; those after it follow upwards.
	 * @param address the address
	 * @return this writer
	 */
	public HprofWriter at(long address) {
		this.nextAddress = address;
		return this;
	}

	/**
	 * Begins another dump in the same file. It has all classes, but only those objects
	 * and roots that are made or {@linkplain #keep kept} from now on.
	 * @return this writer
	 */
	public HprofWriter nextDump() {
		this.file.beginDump();
		return this;
	}

	/**
	 * Puts objects of an earlier dump into the current one too.
	 * @param objects the objects
	 * @return this writer
	 */
	public HprofWriter keep(SyntheticObject... objects) {
		for (SyntheticObject each : objects) {
			this.file.current().objects().add(each::writeTo);
		}
		return this;
	}

	/**
	 * Declares a class. Two of the same name are two classes.
	 * @param name the binary name, such as {@code com.acme.Order$Line}
	 * @return the class, which extends {@code java.lang.Object}
	 */
	public SyntheticClass declare(String name) {
		return declare(name, objectClass());
	}

	/**
	 * The class {@code java.lang.Object}.
	 * @return the class
	 */
	public SyntheticClass objectClass() {
		return wellKnown("java.lang.Object", null);
	}

	/**
	 * The class {@code java.lang.String}.
	 * @return the class
	 */
	public SyntheticClass stringClass() {
		SyntheticClass string = wellKnown("java.lang.String", objectClass());
		if (string.fields().isEmpty()) {
			string.references("value").field("hash", SyntheticType.INT).field("coder", SyntheticType.BYTE);
		}
		return string;
	}

	/**
	 * The class {@code java.lang.Thread}, with a part of its fields.
	 * @return the class
	 */
	public SyntheticClass threadClass() {
		SyntheticClass thread = wellKnown("java.lang.Thread", objectClass());
		if (thread.fields().isEmpty()) {
			thread.references("name", "threadLocals", "contextClassLoader").field("tid", SyntheticType.LONG);
		}
		return thread;
	}

	/**
	 * A class of reference objects.
	 * @param name the binary name, such as {@code java.lang.ref.WeakReference}
	 * @return the class, which extends {@code java.lang.ref.Reference}
	 */
	public SyntheticClass referenceClass(String name) {
		SyntheticClass reference = wellKnown("java.lang.ref.Reference", objectClass());
		if (reference.fields().isEmpty()) {
			reference.references("referent", "queue", "next", "discovered");
		}
		return wellKnown(name, reference);
	}

	/**
	 * Declares the classes of the JDK without which other readers take no dump.
	 * @return this writer
	 */
	public HprofWriter jdkClasses() {
		wellKnown("java.lang.Class", objectClass());
		stringClass();
		threadClass();
		for (String kind : List.of("Weak", "Soft", "Final", "Phantom")) {
			referenceClass("java.lang.ref." + kind + "Reference");
		}
		return this;
	}

	/**
	 * The class of arrays of a class.
	 * @param element the class of the elements, which may be one of arrays itself
	 * @return the class
	 */
	public SyntheticClass arrayClass(SyntheticClass element) {
		String name = element.name().startsWith("[") ? "[" + element.name() : "[L" + element.name() + ";";
		SyntheticClass object = objectClass();
		return this.wellKnown.computeIfAbsent(name + '@' + element.id(),
				(key) -> declare(name, object).loadedBy(element.loader()));
	}

	/**
	 * Makes an instance.
	 * @param type its class
	 * @return the instance
	 */
	public SyntheticInstance instance(SyntheticClass type) {
		return add(new SyntheticInstance(nextAddress(type.valueBytes()), type, this.idSize));
	}

	/**
	 * Makes a string of Latin-1 characters and the array of its characters.
	 * @param text the text
	 * @return the string
	 */
	public SyntheticInstance string(String text) {
		byte[] characters = text.getBytes(StandardCharsets.ISO_8859_1);
		SyntheticClass type = stringClass();
		return instance(type).set("value", primitiveArray(characters));
	}

	/**
	 * Makes an array of references.
	 * @param element the class of the elements
	 * @param elements the elements
	 * @return the array
	 */
	public SyntheticArray array(SyntheticClass element, @Nullable SyntheticObject... elements) {
		SyntheticClass type = arrayClass(element);
		@Nullable Object[] values = new @Nullable Object[elements.length];
		System.arraycopy(elements, 0, values, 0, elements.length);
		return add(new SyntheticArray(nextAddress(elements.length * this.idSize), type, SyntheticType.OBJECT, values,
				this.idSize));
	}

	/**
	 * Makes an array of primitive values.
	 * @param array an array such as {@code new int[] { 1, 2 }}
	 * @return the array
	 */
	public SyntheticArray primitiveArray(Object array) {
		SyntheticType elementType = SyntheticType.ofPrimitive(array.getClass().getComponentType());
		SyntheticClass type = wellKnown(elementType.arrayClassName(), objectClass());
		@Nullable Object[] values = new @Nullable Object[Array.getLength(array)];
		for (int i = 0; i < values.length; i++) {
			values[i] = Array.get(array, i);
		}
		return add(new SyntheticArray(nextAddress(values.length * elementType.bytes(this.idSize)), type, elementType,
				values, this.idSize));
	}

	/**
	 * Makes a live thread, which is a root, with its name.
	 * @param name the thread's name
	 * @return the thread
	 */
	public SyntheticThread thread(String name) {
		SyntheticInstance object = instance(threadClass()).set("name", string(name))
			.set("tid", this.file.threads.size() + 1);
		SyntheticThread thread = new SyntheticThread(this, object, this.file.threads.size() + 1);
		this.file.threads.add(thread);
		root(SyntheticRoot.THREAD_OBJECT, object, thread.serial(), thread.traceSerial());
		return thread;
	}

	/**
	 * Makes objects roots of a kind that knows no thread.
	 * @param kind the kind
	 * @param objects the objects
	 * @return this writer
	 */
	public HprofWriter root(SyntheticRoot kind, SyntheticObject... objects) {
		for (SyntheticObject each : objects) {
			root(kind, each, 0, -1);
		}
		return this;
	}

	/**
	 * Makes an object a root that belongs to a thread.
	 * @param kind the kind
	 * @param object the object
	 * @param threadSerial the thread
	 * @param frame the depth of the frame, -1 for none
	 * @return this writer
	 */
	public HprofWriter root(SyntheticRoot kind, SyntheticObject object, int threadSerial, int frame) {
		this.file.current().roots().add((segment) -> segment.root(kind, object.id(), threadSerial, frame));
		return this;
	}

	/**
	 * Adds a sub-record of the caller's own among the objects, at this place.
	 * @param subRecord writes it
	 * @return this writer
	 */
	public HprofWriter subRecord(Consumer<HprofSegmentWriter> subRecord) {
		this.file.current().objects().add(subRecord);
		return this;
	}

	/**
	 * Adds records of the caller's own before the first dump.
	 * @param records writes them
	 * @return this writer
	 */
	public HprofWriter before(Consumer<HprofRecordWriter> records) {
		this.file.before.add(records);
		return this;
	}

	/**
	 * Adds records of the caller's own after the last dump.
	 * @param records writes them
	 * @return this writer
	 */
	public HprofWriter after(Consumer<HprofRecordWriter> records) {
		this.file.after.add(records);
		return this;
	}

	/**
	 * The string record with a text, which is added unless it is there.
	 * @param name the text
	 * @return its identifier
	 */
	public long nameId(String name) {
		return this.file.names.computeIfAbsent(name, (key) -> 0x10_0000L + 0x20L * this.file.names.size());
	}

	/**
	 * Writes the dump into a file, replacing it.
	 * @param file the file
	 * @return the file
	 */
	public Path writeTo(Path file) {
		try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
			this.file.writeTo(out);
			return file;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The dump, compressed block by block as {@code jcmd GC.heap_dump -gz} does.
	 * @param blockBytes how much of the dump a block has
	 * @return the bytes of the file
	 */
	public byte[] toGzipBytes(int blockBytes) {
		return HprofGzip.compress(toBytes(), blockBytes);
	}

	/**
	 * The dump in memory.
	 * @return the bytes of the file
	 */
	public byte[] toBytes() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		this.file.writeTo(out);
		return out.toByteArray();
	}

	int idSize() {
		return this.idSize;
	}

	int nextFrameId() {
		return this.nextFrameId++;
	}

	private SyntheticClass wellKnown(String name, @Nullable SyntheticClass superclass) {
		return this.wellKnown.computeIfAbsent(name, (key) -> declare(name, superclass));
	}

	private SyntheticClass declare(String name, @Nullable SyntheticClass superclass) {
		long nameId = nameId(this.version.equals("1.0.3") ? SyntheticClass.androidName(name) : name.replace('.', '/'));
		SyntheticClass type = new SyntheticClass(this, nextAddress(96), this.file.classes.size() + 1, name, superclass);
		this.file.classes.put(type, nameId);
		return type;
	}

	private <T extends SyntheticObject> T add(T object) {
		keep(object);
		return object;
	}

	/** The next free address, after which an object of this size has its place. */
	private long nextAddress(int bytes) {
		long address = this.nextAddress;
		this.nextAddress += (16 + bytes + 7) / 8 * 8L;
		return address;
	}

}
