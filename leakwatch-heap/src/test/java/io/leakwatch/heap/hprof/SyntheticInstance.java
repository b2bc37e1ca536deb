package io.leakwatch.heap.hprof;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An instance of a class in a synthetic heap. A field without a value is zero or null.
 */
public final class SyntheticInstance extends SyntheticObject {

	private final SyntheticClass type;

	private final int idSize;

	private final Map<Slot, @Nullable Object> values = new HashMap<>();

	private byte @Nullable [] rawValues;

	SyntheticInstance(long id, SyntheticClass type, int idSize) {
		super(id);
		this.type = type;
		this.idSize = idSize;
	}

	/**
	 * The class of the instance.
	 * @return the class
	 */
	public SyntheticClass type() {
		return this.type;
	}

	/**
	 * Sets a field of the class or the nearest super class that has one of this name.
	 * @param field the field's name
	 * @param value the value, as {@link HprofByteWriter#value} takes it
	 * @return this instance
	 */
	public SyntheticInstance set(String field, @Nullable Object value) {
		return set(this.type, field, value);
	}

	/**
	 * Sets a field that may be hidden by one of the same name.
	 * @param from where to begin to look for the field: the class itself or a super class
	 * @param field the field's name
	 * @param value the value, as {@link HprofByteWriter#value} takes it
	 * @return this instance
	 */
	public SyntheticInstance set(SyntheticClass from, String field, @Nullable Object value) {
		for (SyntheticClass each = from; each != null; each = each.superclass()) {
			if (each.fields().stream().anyMatch((declared) -> declared.name().equals(field))) {
				this.values.put(new Slot(each.id(), field), value);
				return this;
			}
		}
		throw new IllegalArgumentException(from + " has no field " + field);
	}

	/**
	 * Replaces all values by bytes, which may be too few or too many.
	 * @param bytes the bytes
	 * @return this instance
	 */
	public SyntheticInstance rawValues(byte[] bytes) {
		this.rawValues = bytes.clone();
		return this;
	}

	@Override
	void writeTo(HprofSegmentWriter segment) {
		byte[] bytes = (this.rawValues != null) ? this.rawValues : valuesInOrder();
		segment.instanceDump(id(), this.type.id(), bytes.length, bytes);
	}

	private byte[] valuesInOrder() {
		HprofByteWriter bytes = new HprofByteWriter(this.idSize);
		for (SyntheticClass each = this.type; each != null; each = each.superclass()) {
			for (SyntheticClass.Field field : each.fields()) {
				bytes.value(field.type(), this.values.get(new Slot(each.id(), field.name())));
			}
		}
		return bytes.toBytes();
	}

	private record Slot(long classId, String field) {

	}

}
