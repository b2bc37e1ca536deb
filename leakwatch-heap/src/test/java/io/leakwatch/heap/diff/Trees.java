package io.leakwatch.heap.diff;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.PathTree;

/**
 * Writes trees of paths for tests: nodes by name, held bytes summed up.
 */
public final class Trees {

	private final List<Node> nodes = new ArrayList<>();

	private final Map<String, Integer> numbers = new HashMap<>();

	/**
	 * Adds a node.
	 * @param path where: the fields from the root, joined by {@code /}
	 * @param className the class
	 * @param count how many objects
	 * @param bytesEach the shallow bytes of each
	 * @return this
	 */
	public Trees with(String path, String className, long count, long bytesEach) {
		int end = path.lastIndexOf('/');
		int parent = (end < 0) ? 0 : this.numbers.get(path.substring(0, end));
		this.nodes.add(new Node(parent, path.substring(end + 1), className, count, count * bytesEach));
		this.numbers.put(path, this.nodes.size());
		return this;
	}

	/**
	 * The tree of what was added.
	 * @return the tree
	 */
	public PathTree tree() {
		long[] held = new long[this.nodes.size() + 1];
		for (int node = this.nodes.size(); node > 0; node--) {
			held[node] += this.nodes.get(node - 1).bytes();
			held[this.nodes.get(node - 1).parent()] += held[node];
		}
		PathTree.Builder builder = PathTree.builder();
		for (int number = 1; number <= this.nodes.size(); number++) {
			Node node = this.nodes.get(number - 1);
			builder.add(node.parent(), node.field(), node.className(), node.count(), node.bytes(), held[number],
					held[number]);
		}
		return builder.build();
	}

	/**
	 * A profile of the tree, without classes.
	 * @return the profile
	 */
	public HeapProfile profile() {
		return HeapProfile.builder(Instant.EPOCH, HeapProfile.Kind.HEAP_DUMP).paths(tree()).build();
	}

	private record Node(int parent, String field, String className, long count, long bytes) {
	}

}
