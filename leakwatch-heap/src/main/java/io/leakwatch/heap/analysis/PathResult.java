package io.leakwatch.heap.analysis;

import java.util.List;

import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.profile.PathTree;

/** Turns the paths that were merged by number into a tree with names. */
final class PathResult {

	private PathResult() {
	}

	static PathTree of(HeapGraph graph, PathTrie trie, FieldNames fields, Totals totals) {
		int size = trie.size();
		long[] held = totals.nodeShallow.clone();
		for (int node = size - 1; node > 0; node--) {
			held[trie.parent(node)] += held[node];
		}
		PathTree.Builder builder = PathTree.builder();
		int[] numbers = new int[size];
		List<HeapClass> classes = graph.classes().all();
		for (int node = 1; node < size; node++) {
			int type = trie.classNumber(node);
			numbers[node] = builder.add(numbers[trie.parent(node)], fields.name(trie.field(node)),
					(type >= 0) ? classes.get(type).name() : PathTree.REST, totals.nodeCount[node],
					totals.nodeShallow[node], held[node], totals.nodeRetained[node]);
		}
		return builder.build().folded();
	}

}
