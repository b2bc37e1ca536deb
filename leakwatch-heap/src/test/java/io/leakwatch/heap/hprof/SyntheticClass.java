package io.leakwatch.heap.hprof;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A class of a synthetic heap.
 */
public final class SyntheticClass extends SyntheticObject {

	private final HprofWriter writer;

	private final int serial;

	private final String name;

	private @Nullable SyntheticClass superclass;

	private @Nullable SyntheticObject loader;

	private final List<Field> fields = new ArrayList<>();

	private final List<StaticField> statics = new ArrayList<>();

	private final List<StaticField> constants = new ArrayList<>();

	private int toldInstanceSize = -1;

	SyntheticClass(HprofWriter writer, long id, int serial, String name, @Nullable SyntheticClass superclass) {
		super(id);
		this.writer = writer;
		this.serial = serial;
		this.name = name;
		this.superclass = superclass;
	}

	/**
	 * The binary name.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The number by which frames and skippable records name the class.
	 * @return the serial number
	 */
	public int serial() {
		return this.serial;
	}

	/**
	 * Sets the super class, {@code java.lang.Object} otherwise.
	 * @param superclass the super class
	 * @return this class
	 */
	public SyntheticClass extending(@Nullable SyntheticClass superclass) {
		this.superclass = superclass;
		return this;
	}

	/**
	 * Sets the class loader, the boot loader otherwise.
	 * @param loader the loader object
	 * @return this class
	 */
	public SyntheticClass loadedBy(@Nullable SyntheticObject loader) {
		this.loader = loader;
		return this;
	}

	/**
	 * Declares an instance field.
	 * @param name its name
	 * @param type its type
	 * @return this class
	 */
	public SyntheticClass field(String name, SyntheticType type) {
		this.fields.add(new Field(name, this.writer.nameId(name), type));
		return this;
	}

	/**
	 * Declares instance fields that hold references.
	 * @param names their names
	 * @return this class
	 */
	public SyntheticClass references(String... names) {
		for (String each : names) {
			field(each, SyntheticType.OBJECT);
		}
		return this;
	}

	/**
	 * Adds a static field.
	 * @param name its name
	 * @param type its type
	 * @param value its value, as {@link HprofByteWriter#value} takes it
	 * @return this class
	 */
	public SyntheticClass staticField(String name, SyntheticType type, @Nullable Object value) {
		this.statics.add(new StaticField(this.writer.nameId(name), type, value));
		return this;
	}

	/**
	 * Adds a static field that holds a reference.
	 * @param name its name
	 * @param value its value
	 * @return this class
	 */
	public SyntheticClass staticField(String name, @Nullable SyntheticObject value) {
		return staticField(name, SyntheticType.OBJECT, value);
	}

	/**
	 * Adds an entry of the constant pool, which today's virtual machines leave empty.
	 * @param index its index in the pool
	 * @param type its type
	 * @param value its value, as {@link HprofByteWriter#value} takes it
	 * @return this class
	 */
	public SyntheticClass constant(int index, SyntheticType type, @Nullable Object value) {
		this.constants.add(new StaticField(index, type, value));
		return this;
	}

	/**
	 * Sets the instance size that is told, the sum of the fields otherwise.
	 * @param bytes the size to tell
	 * @return this class
	 */
	public SyntheticClass instanceSize(int bytes) {
		this.toldInstanceSize = bytes;
		return this;
	}

	@Nullable SyntheticClass superclass() {
		return this.superclass;
	}

	@Nullable SyntheticObject loader() {
		return this.loader;
	}

	List<Field> fields() {
		return this.fields;
	}

	/** The bytes of an instance's values, those of the super classes included. */
	int valueBytes() {
		int bytes = (this.superclass != null) ? this.superclass.valueBytes() : 0;
		for (Field each : this.fields) {
			bytes += each.type().bytes(this.writer.idSize());
		}
		return bytes;
	}

	/** The name as Android writes it: {@code int[]} for {@code [I}. */
	static String androidName(String name) {
		int dimensions = name.lastIndexOf('[') + 1;
		if (dimensions == 0) {
			return name;
		}
		String element = name.substring(dimensions);
		String word = element.startsWith("L") ? element.substring(1, element.length() - 1)
				: SyntheticType.ofArrayClassName("[" + element).name().toLowerCase(Locale.ROOT);
		return word + "[]".repeat(dimensions);
	}

	@Override
	void writeTo(HprofSegmentWriter segment) {
		HprofByteWriter members = new HprofByteWriter(this.writer.idSize());
		members.u2(this.constants.size());
		for (StaticField each : this.constants) {
			members.u2((int) each.key()).u1(each.type().code()).value(each.type(), each.value());
		}
		members.u2(this.statics.size());
		for (StaticField each : this.statics) {
			members.id(each.key()).u1(each.type().code()).value(each.type(), each.value());
		}
		members.u2(this.fields.size());
		for (Field each : this.fields) {
			members.id(each.nameId()).u1(each.type().code());
		}
		segment.classDump(id(), (this.superclass != null) ? this.superclass.id() : 0,
				(this.loader != null) ? this.loader.id() : 0,
				(this.toldInstanceSize >= 0) ? this.toldInstanceSize : valueBytes(), members);
	}

	@Override
	public String toString() {
		return this.name;
	}

	record Field(String name, long nameId, SyntheticType type) {

	}

	/** A static field by its name's identifier, or a constant by its index. */
	private record StaticField(long key, SyntheticType type, @Nullable Object value) {

	}

}
