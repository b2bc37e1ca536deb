package io.leakwatch.heap.graph;

import java.util.Arrays;

/** A growing list of {@code int} values. */
final class IntList {

	private int[] values = new int[16];

	private int size;

	void add(int value) {
		if (this.size == this.values.length) {
			this.values = Arrays.copyOf(this.values, 2 * this.size);
		}
		this.values[this.size++] = value;
	}

	void addAll(IntList others) {
		int needed = Math.addExact(this.size, others.size);
		if (needed > this.values.length) {
			this.values = Arrays.copyOf(this.values, Math.max(needed, 2 * this.size));
		}
		System.arraycopy(others.values, 0, this.values, this.size, others.size);
		this.size = needed;
	}

	int get(int index) {
		return this.values[index];
	}

	int size() {
		return this.size;
	}

}
