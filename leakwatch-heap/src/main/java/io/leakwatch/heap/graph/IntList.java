package io.leakwatch.heap.graph;

import io.leakwatch.heap.memory.IntTable;
import io.leakwatch.heap.memory.Memory;

/**
 * A growing list of {@code int} values outside the Java heap. Some heaps have many of
 * what is rare in others: a million nodes that all refer to one string, for instance.
 */
final class IntList {

	private final IntTable values;

	private long size;

	IntList(Memory memory) {
		this.values = memory.ints(0);
	}

	void add(int value) {
		if (this.size == this.values.size()) {
			this.values.grow(this.size + IntTable.CHUNK);
		}
		this.values.set(this.size++, value);
	}

	int get(long index) {
		return this.values.get(index);
	}

	long size() {
		return this.size;
	}

	/** Gives the memory back; the list must not be used again. */
	void free() {
		this.values.free();
		this.size = 0;
	}

}
