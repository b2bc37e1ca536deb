package io.leakwatch.heap.hprof;

import org.jspecify.annotations.Nullable;

/**
 * An array of references or of primitive values in a synthetic heap.
 */
public final class SyntheticArray extends SyntheticObject {

	private final SyntheticClass type;

	private final SyntheticType elementType;

	private final @Nullable Object[] elements;

	private final int idSize;

	SyntheticArray(long id, SyntheticClass type, SyntheticType elementType, @Nullable Object[] elements, int idSize) {
		super(id);
		this.type = type;
		this.elementType = elementType;
		this.elements = elements;
		this.idSize = idSize;
	}

	/**
	 * The class of the array.
	 * @return the class
	 */
	public SyntheticClass type() {
		return this.type;
	}

	/**
	 * Sets an element.
	 * @param index its index
	 * @param value the value, as {@link HprofByteWriter#value} takes it
	 * @return this array
	 */
	public SyntheticArray set(int index, @Nullable Object value) {
		this.elements[index] = value;
		return this;
	}

	@Override
	void writeTo(HprofSegmentWriter segment) {
		HprofByteWriter values = new HprofByteWriter(this.idSize);
		for (Object each : this.elements) {
			values.value(this.elementType, each);
		}
		if (this.elementType == SyntheticType.OBJECT) {
			segment.objectArrayDump(id(), this.type.id(), this.elements.length).bytes().bytes(values.toBytes());
		}
		else {
			segment.primitiveArrayDump(id(), this.elementType.code(), this.elements.length, values.toBytes());
		}
	}

}
