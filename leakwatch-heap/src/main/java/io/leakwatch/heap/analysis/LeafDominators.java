package io.leakwatch.heap.analysis;

import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

import io.leakwatch.heap.analysis.PathSearch.Root;
import io.leakwatch.heap.graph.GcRoot;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ReferenceKind;
import io.leakwatch.heap.hprof.LongMap;
import io.leakwatch.heap.memory.IntTable;
import io.leakwatch.heap.memory.Memory;

/**
 * Which object each leaf cannot be reached without. A leaf leads nowhere, so it does not
 * take part in the search for dominators: its own is what dominates all its referrers.
 */
final class LeafDominators {

	/** No root leads to the leaf. */
	static final int UNREACHABLE = Integer.MIN_VALUE;

	private final int first;

	/**
	 * The number of an inner object in the depth-first tree, 0 for the root of all; or
	 * for characters that one string holds the complement of the string's place among the
	 * leaves.
	 */
	private final IntTable codes;

	LeafDominators(HeapGraph graph, DepthFirstTree tree, DominatorTree dominators, Roots roots, Memory memory) {
		this.first = graph.innerCount();
		int count = graph.objectCount() - this.first;
		this.codes = memory.ints(count);
		for (int leaf = 0; leaf < count; leaf++) {
			int holder = graph.holder(this.first + leaf);
			int number = (holder >= 0 && holder < this.first) ? tree.number(holder) : 0;
			this.codes.set(leaf, (number != 0) ? number : UNREACHABLE);
		}
		// Characters that a string holds, and something else.
		LongMap mixed = new LongMap();
		graph.forEachFurtherHolder((leaf, holder, slot) -> {
			int number = (holder < this.first) ? tree.number(holder) : 0;
			if (number != 0 && graph.holder(leaf) >= this.first) {
				mixed.put(leaf, number);
			}
			else if (number != 0) {
				hold(graph, leaf, holder, slot, number, dominators);
			}
		});
		roots.all().forEach((root) -> {
			if (root.object() >= this.first) {
				this.codes.set(root.object() - this.first, 0);
			}
		});
		keepReferents(graph, tree, roots, (leaf) -> graph.holder(leaf) < this.first);
		// Now the strings are done, and what they alone hold can follow.
		for (int leaf = 0; leaf < count; leaf++) {
			int holder = graph.holder(this.first + leaf);
			if (holder >= this.first && this.codes.get(holder - this.first) != UNREACHABLE) {
				this.codes.set(leaf, merge(this.codes.get(leaf), ~(holder - this.first), dominators));
			}
		}
		graph.forEachFurtherHolder((leaf, holder, slot) -> {
			if (holder >= this.first && this.codes.get(holder - this.first) != UNREACHABLE) {
				hold(graph, leaf, holder, slot, ~(holder - this.first), dominators);
			}
			else if (holder < this.first && tree.number(holder) != 0 && mixed.get(leaf) != LongMap.MISSING) {
				hold(graph, leaf, holder, slot, tree.number(holder), dominators);
			}
		});
		keepReferents(graph, tree, roots, (leaf) -> true);
		for (Root root : roots.all()) {
			if (root.object() >= this.first && !isReachable(graph.holder(root.object()), tree)) {
				// So that its path begins at the root.
				graph.setHolder(root.object(), -1, 0);
			}
		}
	}

	/** Adds to the roots the leaves that soft references and finalizers alone keep. */
	private void keepReferents(HeapGraph graph, DepthFirstTree tree, Roots roots, IntPredicate which) {
		keepReferents(graph, tree, which, ReferenceKind.SOFT,
				(leaf) -> roots.add(new Root(leaf, Roots.SOFT_ORDER, GcRoot.Kind.SOFT_REFERENCE.words())));
		keepReferents(graph, tree, which, ReferenceKind.FINAL,
				(leaf) -> roots.add(new Root(leaf, Roots.FINALIZER_ORDER, GcRoot.Kind.FINALIZER.words())));
	}

	private void keepReferents(HeapGraph graph, DepthFirstTree tree, IntPredicate which, ReferenceKind kind,
			IntConsumer kept) {
		graph.forEachReferent(kind, (reference, referent) -> {
			if (referent >= this.first && isUnreachable(referent) && tree.number(reference) != 0
					&& which.test(referent)) {
				this.codes.set(referent - this.first, 0);
				kept.accept(referent);
			}
		});
	}

	private boolean isReachable(int holder, DepthFirstTree tree) {
		return (holder >= this.first) ? !isUnreachable(holder) : holder >= 0 && tree.number(holder) != 0;
	}

	private void hold(HeapGraph graph, int leaf, int holder, int slot, int code, DominatorTree dominators) {
		int before = this.codes.get(leaf - this.first);
		if (before == UNREACHABLE) {
			graph.setHolder(leaf, holder, slot);
		}
		this.codes.set(leaf - this.first, merge(before, code, dominators));
	}

	private int merge(int before, int code, DominatorTree dominators) {
		if (before == UNREACHABLE || before == code) {
			return code;
		}
		return dominators.common(number(before), number(code));
	}

	/**
	 * More than one step only where a damaged dump has strings for a string's characters.
	 */
	private int number(int code) {
		int number = code;
		while (number < 0) {
			number = this.codes.get(~number);
		}
		return number;
	}

	/** Whether no root leads to a leaf. */
	boolean isUnreachable(int leaf) {
		return this.codes.get(leaf - this.first) == UNREACHABLE;
	}

	/** The inner object that dominates a leaf, as a number of the depth-first tree. */
	int dominator(int leaf) {
		return number(this.codes.get(leaf - this.first));
	}

	/** The string that alone holds a leaf, -1 where none does. */
	int string(int leaf) {
		int code = this.codes.get(leaf - this.first);
		return (code < 0 && code != UNREACHABLE) ? ~code + this.first : -1;
	}

}
