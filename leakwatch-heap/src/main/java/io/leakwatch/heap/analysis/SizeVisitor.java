package io.leakwatch.heap.analysis;

import java.io.IOException;

import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ObjectVisitor;
import io.leakwatch.heap.hprof.RecordCursor;
import io.leakwatch.heap.memory.LongTable;

/** Adds each object's bytes to its class, its node, and to what its dominator retains. */
final class SizeVisitor implements ObjectVisitor {

	private final DepthFirstTree tree;

	private final LeafDominators leaves;

	private final PathSearch search;

	private final PathTrie trie;

	private final LongTable retained;

	private final Totals totals;

	private final int innerCount;

	private final int string;

	SizeVisitor(HeapGraph graph, DepthFirstTree tree, LeafDominators leaves, PathSearch search, PathTrie trie,
			LongTable retained) {
		this.tree = tree;
		this.leaves = leaves;
		this.search = search;
		this.trie = trie;
		this.retained = retained;
		this.innerCount = graph.innerCount();
		this.string = graph.classes().string().index();
		this.totals = new Totals(graph.classes().all().size(), trie.size());
	}

	@Override
	public void object(int object, HeapClass type, long shallowBytes, RecordCursor record) throws IOException {
		add(object, type, shallowBytes);
	}

	/** Adds an object and returns its node, -1 where no root leads to it. */
	int add(int object, HeapClass type, long shallowBytes) throws IOException {
		int number = type.index();
		if (object < this.innerCount) {
			int v = this.tree.number(object);
			if (v == 0) {
				this.totals.unreachable(number, shallowBytes);
				return -1;
			}
			this.retained.addShared(v, shallowBytes);
			int node = this.search.node(object);
			this.totals.object(number, node, shallowBytes);
			return node;
		}
		if (this.leaves.isUnreachable(object)) {
			this.totals.unreachable(number, shallowBytes);
			return -1;
		}
		this.retained.addShared(this.leaves.dominator(object), shallowBytes);
		int node = this.search.leafNode(object, type);
		this.totals.object(number, node, shallowBytes);
		this.totals.classRetained[number] += shallowBytes;
		this.totals.nodeRetained[node] += shallowBytes;
		if (this.leaves.string(object) >= 0) {
			this.totals.classRetained[this.string] += shallowBytes;
			this.totals.nodeRetained[this.trie.parent(node)] += shallowBytes;
		}
		return node;
	}

	Totals totals() {
		return this.totals;
	}

}
