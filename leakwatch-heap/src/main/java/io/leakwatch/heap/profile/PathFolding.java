package io.leakwatch.heap.profile;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Makes known containers one step each. Every node of the given tree goes to a node of
 * the new one: the inner part of a container to the container's node, each other one to
 * the child of its parent's node with its field and class.
 */
final class PathFolding {

	private final PathTree tree;

	/** Where each node of the given tree goes. */
	private final int[] numbers;

	/** Whether a node of the given tree is the inner part of a container. */
	private final boolean[] inside;

	/** Whether the keys of a node are the elements of a set. */
	private final boolean[] setOverMap;

	/** The family of the container that a node is, or is part of, once it is known. */
	private final @Nullable String[] families;

	private final int[] parents;

	private final String[] fields;

	private final String[] classNames;

	private final long[] counts;

	private final long[] shallowBytes;

	private final long[] heldBytes;

	private final long[] retainedBytes;

	private final Map<Key, Integer> byKey = new HashMap<>();

	private int size = 1;

	private PathFolding(PathTree tree) {
		this.tree = tree;
		int nodes = tree.size();
		this.numbers = new int[nodes];
		this.inside = new boolean[nodes];
		this.setOverMap = new boolean[nodes];
		this.families = new @Nullable String[nodes];
		this.parents = new int[nodes];
		this.fields = new String[nodes];
		this.classNames = new String[nodes];
		this.counts = new long[nodes];
		this.shallowBytes = new long[nodes];
		this.heldBytes = new long[nodes];
		this.retainedBytes = new long[nodes];
	}

	static PathTree fold(PathTree tree) {
		PathFolding folding = new PathFolding(tree);
		for (int node = 1; node < tree.size(); node++) {
			folding.place(node);
		}
		return folding.build();
	}

	private void place(int node) {
		int parent = this.tree.parent(node);
		String field = this.tree.field(node);
		String className = this.tree.className(node);
		Containers.Step step = (parent != PathTree.HEAP) ? Containers.step(this.tree.className(parent),
				this.inside[parent], this.families[parent], field, className) : Containers.Step.OUTSIDE;
		switch (step) {
			case PART -> absorb(node, parent, field);
			case KEY -> merge(node, parent, this.setOverMap[parent] ? PathTree.ELEMENT : PathTree.KEY, className);
			case ENTRY -> merge(node, parent, PathTree.ELEMENT, className);
			case OUTSIDE -> merge(node, parent, field, className);
		}
	}

	private void absorb(int node, int parent, String field) {
		String known = this.families[parent];
		this.families[node] = (known != null) ? known : Containers.family(Steps.declaringClass(field));
		this.inside[node] = true;
		this.setOverMap[node] = this.setOverMap[parent] || Containers.isSetOverMap(field);
		this.numbers[node] = this.numbers[parent];
		this.shallowBytes[this.numbers[node]] += this.tree.shallowBytes(node);
	}

	private void merge(int node, int parent, String field, String className) {
		Key key = new Key(this.numbers[parent], field, className);
		Integer known = this.byKey.putIfAbsent(key, this.size);
		int number = (known != null) ? known : this.size++;
		this.numbers[node] = number;
		this.parents[number] = key.parent();
		this.fields[number] = field;
		this.classNames[number] = className;
		this.counts[number] += this.tree.count(node);
		this.shallowBytes[number] += this.tree.shallowBytes(node);
		this.heldBytes[number] += this.tree.heldBytes(node);
		this.retainedBytes[number] += this.tree.retainedBytes(node);
	}

	private PathTree build() {
		PathTree.Builder builder = PathTree.builder();
		for (int number = 1; number < this.size; number++) {
			builder.add(this.parents[number], this.fields[number], this.classNames[number], this.counts[number],
					this.shallowBytes[number], this.heldBytes[number], this.retainedBytes[number]);
		}
		return builder.build();
	}

	private record Key(int parent, String field, String className) {
	}

}
