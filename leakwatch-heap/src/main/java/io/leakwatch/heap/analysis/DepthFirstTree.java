package io.leakwatch.heap.analysis;

import java.util.ArrayList;
import java.util.List;

import io.leakwatch.heap.graph.ReferenceRows;
import io.leakwatch.heap.graph.Work;
import io.leakwatch.heap.memory.IntTable;
import io.leakwatch.heap.memory.Memory;

/**
 * A depth-first walk over the inner objects that can be reached, and the numbers it
 * gives: 1 to {@link #count} in the order of the first visit, 0 being the root of all.
 * References that are not of its tree are kept by the object they lead to.
 */
final class DepthFirstTree {

	private static final int STEP = IntTable.CHUNK;

	private static final int PROGRESS_STEP = 1 << 20;

	private final ReferenceRows rows;

	private final Work work;

	private final IntTable numbers;

	private final IntTable objects;

	private final IntTable parents;

	/** Where each object on the way from the root goes on; grows with the depth. */
	private final IntTable stack;

	/** The roots that another one led to before it was their turn, by their numbers. */
	private final List<Integer> rootsBelow = new ArrayList<>();

	private int count;

	DepthFirstTree(ReferenceRows rows, int innerCount, Memory memory, Work work) {
		this.rows = rows;
		this.work = work;
		this.numbers = memory.ints(innerCount);
		this.objects = memory.ints(innerCount + 1L);
		this.parents = memory.ints(innerCount + 1L);
		this.stack = memory.ints(0);
	}

	/** Visits what can be reached from roots, those of them that are no leaves. */
	void visit(List<PathSearch.Root> roots) {
		for (PathSearch.Root root : roots) {
			if (root.object() < this.numbers.size()) {
				visit(root.object());
			}
		}
	}

	/** Visits what can be reached from a root and was not visited before. */
	void visit(int root) {
		int known = this.numbers.get(root);
		if (known != 0) {
			if (this.parents.get(known) != 0) {
				this.rootsBelow.add(known);
			}
			return;
		}
		int current = number(root, 0);
		int place = this.rows.start(root);
		long depth = 0;
		for (;;) {
			if (place == 0) {
				if (depth == 0) {
					return;
				}
				place = this.stack.get(--depth);
				current = this.parents.get(current);
				continue;
			}
			int target = this.rows.target(place);
			int next = this.rows.next(place);
			if (this.numbers.get(target) != 0) {
				place = next;
				continue;
			}
			if (depth == this.stack.size()) {
				this.stack.grow(depth + STEP);
			}
			this.stack.set(depth++, next);
			current = number(target, current);
			place = this.rows.start(target);
		}
	}

	private int number(int object, int parent) {
		int number = ++this.count;
		this.numbers.set(object, number);
		this.objects.set(number, object);
		this.parents.set(number, parent);
		if ((number & (PROGRESS_STEP - 1)) == 0) {
			this.work.progress("reachable objects", (double) number / this.numbers.size());
		}
		return number;
	}

	/** How many objects were visited. */
	int count() {
		return this.count;
	}

	/** The number of an object, 0 where it was not visited. */
	int number(int object) {
		return this.numbers.get(object);
	}

	/** The object of a number. */
	int object(int number) {
		return this.objects.get(number);
	}

	/** The number of the object from which an object was come to. */
	IntTable parents() {
		return this.parents;
	}

	/**
	 * The roots that are not children of the root of all in this tree, since another root
	 * leads to them.
	 */
	List<Integer> rootsBelow() {
		return this.rootsBelow;
	}

	/** A table that is not needed any longer and may be used as a stack. */
	IntTable stack() {
		return this.stack;
	}

}
