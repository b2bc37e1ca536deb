package io.leakwatch.heap.analysis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.profile.PathTree;

/** Says in words who holds the objects of a node of the paths. For one thread. */
final class HolderWords {

	private final HeapGraph graph;

	private final PathTrie trie;

	private final FieldNames fields;

	private final Map<Integer, String> known = new HashMap<>();

	HolderWords(HeapGraph graph, PathTrie trie, FieldNames fields) {
		this.graph = graph;
		this.trie = trie;
		this.fields = fields;
	}

	/**
	 * The holder, as {@link PathTree#holder} tells it. The whole tree is folded by the
	 * time it is asked, and has other numbers; the one path to the node is folded alike.
	 */
	String of(int node) {
		return this.known.computeIfAbsent(node, this::words);
	}

	private String words(int node) {
		Deque<Integer> path = new ArrayDeque<>();
		for (int each = node; each > PathTrie.ROOT; each = this.trie.parent(each)) {
			path.push(each);
		}
		PathTree.Builder builder = PathTree.builder();
		int last = PathTree.HEAP;
		for (int each : path) {
			int type = this.trie.classNumber(each);
			String className = (type >= 0) ? this.graph.classes().all().get(type).name() : "";
			last = builder.add(last, this.fields.name(this.trie.field(each)), className, 1, 0, 0, 0);
		}
		PathTree folded = builder.build().folded();
		return folded.holder(folded.size() - 1);
	}

}
