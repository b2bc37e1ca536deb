package io.leakwatch.heap.hprof;

/**
 * An object of a synthetic heap, which fields, elements, statics and roots can refer to.
 * It is written when the whole dump is, so it can be changed until then, and cycles are
 * easily made.
 */
public abstract sealed class SyntheticObject permits SyntheticClass, SyntheticInstance, SyntheticArray {

	private final long id;

	SyntheticObject(long id) {
		this.id = id;
	}

	/**
	 * The object's address.
	 * @return the identifier in the dump
	 */
	public final long id() {
		return this.id;
	}

	abstract void writeTo(HprofSegmentWriter segment);

}
