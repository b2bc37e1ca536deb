package io.leakwatch.heap.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.Work;
import io.leakwatch.heap.memory.IntTable;
import io.leakwatch.heap.memory.LongTable;
import io.leakwatch.heap.memory.Memory;

/**
 * Adds up what objects retain, alone and together. Objects of a class, or of a node of
 * the paths, retain together what each retains, but for those that another one of the
 * same set dominates: a walk over the dominator tree counts how many of each set are open
 * above.
 */
final class RetainedSizes {

	/** Objects are told of that retain this share of the heap. */
	private static final int LARGE_SHARE = 1_000;

	private static final int MOST_LARGEST = 5_000;

	private final HeapGraph graph;

	private final DepthFirstTree tree;

	private final DominatorTree dominators;

	private final PathSearch search;

	private final PathTrie trie;

	private final LongTable retained;

	private final Totals totals;

	/** The class and the node of each object on the way from the root. */
	private final IntTable open;

	private long depth;

	private final int[] openClasses;

	private final int[] openNodes;

	RetainedSizes(HeapGraph graph, DepthFirstTree tree, DominatorTree dominators, PathSearch search, PathTrie trie,
			LongTable retained, Totals totals, Memory memory) {
		this.graph = graph;
		this.tree = tree;
		this.dominators = dominators;
		this.search = search;
		this.trie = trie;
		this.retained = retained;
		this.totals = totals;
		this.open = memory.ints(0);
		this.openClasses = new int[totals.classRetained.length];
		this.openNodes = new int[totals.nodeRetained.length];
	}

	/** Adds up, and returns the objects that retain the most. */
	List<RetainedObject> add(Memory memory, Work work) {
		work.progress("retained sizes", 0);
		int count = this.tree.count();
		IntTable first = memory.ints(count + 1L);
		IntTable next = memory.ints(count + 1L);
		for (int v = count; v > 0; v--) {
			int dominator = this.dominators.dominator(v);
			this.retained.add(dominator, this.retained.get(v));
			next.set(v, first.get(dominator));
			first.set(dominator, v);
		}
		long large = Math.max(1, this.retained.get(0) / LARGE_SHARE);
		List<RetainedObject> largest = new ArrayList<>();
		int v = first.get(0);
		while (v != 0) {
			long bytes = this.retained.get(v);
			if (bytes >= large && largest.size() < MOST_LARGEST) {
				largest.add(retainedObject(v, bytes));
			}
			int below = first.get(v);
			add(v, bytes, below != 0);
			if (below != 0) {
				v = below;
				continue;
			}
			while (v != 0 && next.get(v) == 0) {
				v = this.dominators.dominator(v);
				if (v != 0) {
					leave();
				}
			}
			v = next.get(v);
		}
		first.free();
		next.free();
		largest.sort(Comparator.comparingLong(RetainedObject::retainedBytes).reversed());
		return List.copyOf(largest);
	}

	/** Only an object that dominates others has to be known to be open. */
	private void add(int v, long bytes, boolean opens) {
		int object = this.tree.object(v);
		int node = this.search.node(object);
		// The objects of a node are of one class.
		int known = this.trie.classNumber(node);
		int type = (known >= 0) ? known : this.graph.classNumber(object);
		if (this.openClasses[type] == 0) {
			this.totals.classRetained[type] += bytes;
		}
		if (this.openNodes[node] == 0) {
			this.totals.nodeRetained[node] += bytes;
		}
		if (opens) {
			if (this.depth + 1 >= this.open.size()) {
				this.open.grow(this.open.size() + IntTable.CHUNK);
			}
			this.open.set(this.depth++, type);
			this.open.set(this.depth++, node);
			this.openClasses[type]++;
			this.openNodes[node]++;
		}
	}

	private void leave() {
		this.openNodes[this.open.get(--this.depth)]--;
		this.openClasses[this.open.get(--this.depth)]--;
	}

	private RetainedObject retainedObject(int v, long bytes) {
		int object = this.tree.object(v);
		int dominator = this.dominators.dominator(v);
		return new RetainedObject(this.graph.id(object), this.graph.classOf(object).name(), bytes,
				(dominator != 0) ? this.graph.id(this.tree.object(dominator)) : 0);
	}

}
