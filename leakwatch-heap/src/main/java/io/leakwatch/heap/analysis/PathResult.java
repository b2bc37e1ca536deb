package io.leakwatch.heap.analysis;

import io.leakwatch.heap.profile.PathTree;

/** Turns the paths that were merged by number into a tree with names. */
final class PathResult {

	private PathResult() {
	}

	static PathTree of(PathTrie trie, FieldNames fields, Totals totals) {
		int size = trie.size();
		long[] held = totals.nodeShallow.clone();
		for (int node = size - 1; node > 0; node--) {
			held[trie.parent(node)] += held[node];
		}
		PathTree.Builder builder = PathTree.builder();
		int[] numbers = new int[size];
		for (int node = 1; node < size; node++) {
			int type = trie.classNumber(node);
			numbers[node] = builder.add(numbers[trie.parent(node)], fields.name(trie.field(node)),
					(type >= 0) ? fields.className(type) : PathTree.REST, totals.nodeCount[node],
					totals.nodeShallow[node], held[node], totals.nodeRetained[node]);
		}
		return builder.build().folded();
	}

}
