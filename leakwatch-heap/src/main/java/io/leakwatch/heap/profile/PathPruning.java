package io.leakwatch.heap.profile;

/**
 * Bounds a {@link PathTree}: keeps the nodes that hold most and those that retain most,
 * in turn, with all that lies above them.
 */
final class PathPruning {

	private final PathTree tree;

	private final boolean[] kept;

	private int keptCount = 1;

	private PathPruning(PathTree tree) {
		this.tree = tree;
		this.kept = new boolean[tree.size()];
		this.kept[PathTree.HEAP] = true;
	}

	static PathTree prune(PathTree tree, int maximumNodes) {
		if (tree.size() <= maximumNodes) {
			return tree;
		}
		PathPruning pruning = new PathPruning(tree);
		pruning.choose(maximumNodes);
		return pruning.build();
	}

	private void choose(int maximumNodes) {
		int[] byHeld = PathTree.byBytes(this.tree.heldBytes());
		int[] byRetained = PathTree.byBytes(this.tree.retainedBytes());
		for (int rank = 0; rank < byHeld.length && this.keptCount < maximumNodes; rank++) {
			keep(byHeld[rank]);
			if (this.keptCount < maximumNodes) {
				keep(byRetained[rank]);
			}
		}
	}

	private void keep(int chosen) {
		// What was left out before is left out again, with what joins it now.
		for (int node = this.tree.isRest(chosen) ? PathTree.HEAP : chosen; !this.kept[node]; node = this.tree
			.parent(node)) {
			this.kept[node] = true;
			this.keptCount++;
		}
	}

	private PathTree build() {
		int size = this.tree.size();
		long[] countBelow = new long[size];
		for (int node = size - 1; node > PathTree.HEAP; node--) {
			countBelow[node] += this.tree.count(node);
			countBelow[this.tree.parent(node)] += countBelow[node];
		}
		PathTree.Builder builder = PathTree.builder();
		int[] numbers = new int[size];
		boolean[] hasRest = new boolean[size];
		long[] restCount = new long[size];
		long[] restHeld = new long[size];
		long[] restRetained = new long[size];
		long mostLeftOut = 0;
		for (int node = 1; node < size; node++) {
			int parent = this.tree.parent(node);
			if (this.kept[node]) {
				numbers[node] = builder.add(numbers[parent], this.tree.field(node), this.tree.className(node),
						this.tree.count(node), this.tree.shallowBytes(node), this.tree.heldBytes(node),
						this.tree.retainedBytes(node));
			}
			else if (this.kept[parent]) {
				mostLeftOut = Math.max(mostLeftOut, this.tree.heldBytes(node));
				hasRest[parent] = true;
				restCount[parent] += countBelow[node];
				restHeld[parent] += this.tree.heldBytes(node);
				restRetained[parent] += Math.max(0, this.tree.retainedBytes(node));
			}
		}
		for (int node = 0; node < size; node++) {
			if (hasRest[node]) {
				builder.add(numbers[node], PathTree.REST, "", restCount[node], restHeld[node], restHeld[node],
						restRetained[node]);
			}
		}
		return builder.mostLeftOutBytes(mostLeftOut).build();
	}

}
