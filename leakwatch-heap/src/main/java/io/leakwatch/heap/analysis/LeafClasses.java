package io.leakwatch.heap.analysis;

import java.util.concurrent.atomic.AtomicIntegerArray;

import io.leakwatch.heap.memory.Memory;
import io.leakwatch.heap.memory.ShortTable;

/**
 * The class of each leaf, which the graph does not keep: filled while all objects come
 * along, for those who need it afterwards. The classes that leaves have are numbered in
 * the order in which they are met, since a heap of many classes has but few of leaves;
 * there is room for 65534 of them. Safe for several threads.
 */
final class LeafClasses {

	/** No class, or one of those beyond the room. */
	static final int UNKNOWN = -1;

	private static final int TOO_MANY = 0xffff;

	private final int first;

	private final ShortTable numbers;

	/** The number of each class among those of leaves, 0 before it is met. */
	private final AtomicIntegerArray numberOf;

	/** The class of each such number. */
	private final int[] classOf;

	private int met;

	/**
	 * No leaf has a class yet.
	 * @param first the number of the first leaf
	 * @param leaves how many there are
	 * @param classes how many classes the heap has
	 */
	LeafClasses(int first, int leaves, int classes, Memory memory) {
		this.first = first;
		this.numbers = memory.shorts(leaves);
		this.numberOf = new AtomicIntegerArray(classes);
		this.classOf = new int[Math.min(classes + 1, TOO_MANY)];
	}

	void set(int leaf, int classNumber) {
		int number = this.numberOf.get(classNumber);
		this.numbers.set(leaf - this.first, (number != 0) ? number : added(classNumber));
	}

	private synchronized int added(int classNumber) {
		int known = this.numberOf.get(classNumber);
		if (known != 0) {
			return known;
		}
		int number = TOO_MANY;
		if (this.met + 1 < this.classOf.length) {
			this.met++;
			number = this.met;
			this.classOf[number] = classNumber;
		}
		this.numberOf.set(classNumber, number);
		return number;
	}

	/** The class of a leaf; to be asked when all were set. */
	int get(int leaf) {
		int number = this.numbers.get(leaf - this.first);
		return (number != 0 && number != TOO_MANY) ? this.classOf[number] : UNKNOWN;
	}

	void free() {
		this.numbers.free();
	}

}
