package io.leakwatch.heap.analysis;

import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.memory.Memory;
import io.leakwatch.heap.memory.ShortTable;

/**
 * The class of each leaf, which the graph does not keep: filled while all objects come
 * along, for those who need it afterwards. Has room for the first 65534 classes. Safe for
 * several threads.
 */
final class LeafClasses {

	/** No class, or one of those beyond the first. */
	static final int UNKNOWN = -1;

	private static final int TOO_MANY = 0xffff;

	private final int first;

	private final ShortTable numbers;

	LeafClasses(HeapGraph graph, Memory memory) {
		this.first = graph.innerCount();
		this.numbers = memory.shorts(graph.objectCount() - this.first);
	}

	void set(int leaf, int classNumber) {
		this.numbers.set(leaf - this.first, Math.min(classNumber + 1, TOO_MANY));
	}

	int get(int leaf) {
		int number = this.numbers.get(leaf - this.first);
		return (number != TOO_MANY) ? number - 1 : UNKNOWN;
	}

	void free() {
		this.numbers.free();
	}

}
