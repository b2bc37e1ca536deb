package io.leakwatch.heap.graph;

import io.leakwatch.heap.memory.IntTable;
import io.leakwatch.heap.memory.Memory;
import io.leakwatch.heap.memory.ShortTable;

/** For each leaf the object that refers to it, and by which field. */
final class LeafHolders {

	private final IntTable holders;

	private final ShortTable slots;

	LeafHolders(Memory memory, int leaves) {
		this.holders = memory.ints(leaves);
		this.slots = memory.shorts(leaves);
	}

	/** Returns whether the leaf has this holder now; it does not where it has another. */
	boolean hold(int leaf, int holder, int slot) {
		int before = this.holders.setIfZero(leaf, holder + 1);
		if (before == 0) {
			this.slots.set(leaf, slot);
		}
		return before == 0 || before == holder + 1;
	}

	/** The number of the holder, -1 for none. */
	int holder(int leaf) {
		return this.holders.get(leaf) - 1;
	}

	int slot(int leaf) {
		return this.slots.get(leaf);
	}

	void set(int leaf, int holder, int slot) {
		this.holders.set(leaf, holder + 1);
		this.slots.set(leaf, slot);
	}

	void free() {
		this.holders.free();
		this.slots.free();
	}

}
