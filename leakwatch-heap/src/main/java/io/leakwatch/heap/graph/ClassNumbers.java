package io.leakwatch.heap.graph;

import io.leakwatch.heap.memory.IntTable;
import io.leakwatch.heap.memory.Memory;
import io.leakwatch.heap.memory.ShortTable;
import org.jspecify.annotations.Nullable;

/** The class of each object of a range, in two bytes where there are few classes. */
final class ClassNumbers {

	private static final int FEW = 1 << 16;

	private final @Nullable ShortTable narrow;

	private final @Nullable IntTable wide;

	ClassNumbers(Memory memory, int objects, int classes) {
		this.narrow = (classes <= FEW) ? memory.shorts(objects) : null;
		this.wide = (classes <= FEW) ? null : memory.ints(objects);
	}

	int get(int object) {
		if (this.narrow != null) {
			return this.narrow.get(object);
		}
		return (this.wide != null) ? this.wide.get(object) : 0;
	}

	void set(int object, int classNumber) {
		if (this.narrow != null) {
			this.narrow.set(object, classNumber);
		}
		else if (this.wide != null) {
			this.wide.set(object, classNumber);
		}
	}

}
