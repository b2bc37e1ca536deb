package io.leakwatch.heap.graph;

import io.leakwatch.heap.hprof.BasicType;
import org.jspecify.annotations.Nullable;

/**
 * How many objects of a class there are, counted before the layout of objects is known.
 * The bytes of arrays follow all the same: the sizes of two arrays whose elements differ
 * by a multiple of 256 bytes differ by those bytes alone, since no object is aligned to
 * more.
 */
final class ClassTally {

	/** So many elements of any type are a multiple of 256 bytes. */
	private static final int BYTES = 256;

	/** So many references are, of 4 or of 8 bytes. */
	private static final int REFERENCES = 64;

	private final int group;

	private long instances;

	private long classObjects;

	private long arrays;

	/** Whole groups of elements, in all arrays. */
	private long groups;

	/** Arrays by what is left of their lengths; most classes have no arrays. */
	private long @Nullable [] rests;

	private ClassTally(int group) {
		this.group = group;
	}

	static ClassTally ofObjects() {
		return new ClassTally(REFERENCES);
	}

	static ClassTally ofPrimitiveArrays() {
		return new ClassTally(BYTES);
	}

	void instance() {
		this.instances++;
	}

	/** The object that the class itself is. */
	void classObject() {
		this.classObjects++;
	}

	void array(int length) {
		long[] lengths = this.rests;
		if (lengths == null) {
			lengths = new long[this.group];
			this.rests = lengths;
		}
		lengths[length % this.group]++;
		this.groups += length / this.group;
		this.arrays++;
	}

	void add(ClassTally other) {
		this.instances += other.instances;
		this.classObjects += other.classObjects;
		this.arrays += other.arrays;
		this.groups += other.groups;
		long[] added = other.rests;
		if (added != null) {
			long[] sum = this.rests;
			if (sum == null) {
				this.rests = added.clone();
				return;
			}
			for (int i = 0; i < this.group; i++) {
				sum[i] += added[i];
			}
		}
	}

	long instances() {
		return this.instances;
	}

	long classObjects() {
		return this.classObjects;
	}

	long arrays() {
		return this.arrays;
	}

	/**
	 * The bytes of the arrays.
	 * @param elementType a number of {@link BasicType}
	 * @param layout how the JVM laid its objects out
	 */
	long arrayBytes(int elementType, ObjectLayout layout) {
		long[] lengths = this.rests;
		if (lengths == null) {
			return 0;
		}
		long bytes = this.groups * (layout.arrayBytes(elementType, this.group) - layout.arrayBytes(elementType, 0));
		for (int i = 0; i < this.group; i++) {
			bytes += lengths[i] * layout.arrayBytes(elementType, i);
		}
		return bytes;
	}

}
