package io.leakwatch.heap.diff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

import io.leakwatch.heap.profile.PathTree;

/**
 * Finds the places where a heap has grown, each once.
 *
 * <p>
 * All above a growing list has grown as much as the list, and so have its entries, taken
 * together. What a person wants to know is the list. So the search goes down from the
 * root for as long as one child explains about all of its parent's growth, and stops
 * where that child grew by becoming more objects: there the parent is what they pile up
 * in. A chain of linked objects, which is one node, has no such parent, and is told
 * itself. Where growth spreads over several fields, each of them is followed; where it
 * spreads over many small things, their parent is told.
 */
final class GrowingPaths {

	/** Smaller places are not told. */
	private static final double SHARE_OF_ALL = 0.01;

	/** So much of its parent's growth is about all. */
	private static final double ABOUT_ALL = 0.8;

	/** So much of its parent's growth makes a field worth following beside others. */
	private static final double WORTH_FOLLOWING = 0.1;

	private static final int MAXIMUM_PLACES = 100;

	/** So few new objects may be no more than what holds the pile. */
	private static final int FEW = 16;

	/** So many times as many make the pile. */
	private static final int MANY = 100;

	private final MatchedPaths paths;

	private final PathTree tree;

	/** Which nodes may be told or gone through as a whole. */
	private final IntPredicate growing;

	private final long allGrowth;

	private final List<PathDelta> found = new ArrayList<>();

	private GrowingPaths(MatchedPaths paths, IntPredicate growing) {
		this.paths = paths;
		this.tree = paths.after();
		this.growing = growing;
		this.allGrowth = paths.allGrowth();
	}

	/**
	 * The places of most growth.
	 * @param paths what was before, and what is
	 * @param growing which nodes are taken to be growing
	 * @return the places, most bytes gained first
	 */
	static List<PathDelta> find(MatchedPaths paths, IntPredicate growing) {
		GrowingPaths search = new GrowingPaths(paths, growing);
		search.run();
		search.found
			.sort(Comparator.comparingLong(PathDelta::heldBytesDelta).reversed().thenComparing(PathDelta::path));
		return List.copyOf(search.found.subList(0, Math.min(search.found.size(), MAXIMUM_PLACES)));
	}

	private void run() {
		List<Integer> open = new ArrayList<>(significantChildren(PathTree.HEAP, 0));
		while (!open.isEmpty()) {
			int node = open.remove(open.size() - 1);
			if (!this.growing.test(node)) {
				open.addAll(significantChildren(node, 0));
			}
			else if (!this.tree.isEntry(node) && isPile(node)) {
				tell(node, node);
			}
			else {
				follow(node, open);
			}
		}
	}

	private void follow(int node, List<Integer> open) {
		long growth = this.paths.heldBytesDelta(node);
		List<Integer> children = significantChildren(node, WORTH_FOLLOWING * growth);
		int entries = mostGrownEntries(node);
		if (!children.isEmpty()) {
			int most = children.get(0);
			boolean aboutAll = this.paths.heldBytesDelta(most) >= ABOUT_ALL * growth;
			if (aboutAll && most != entries) {
				open.add(most);
				return;
			}
		}
		if (entries >= 0 && pileUp(node) >= growth / 2.0) {
			tell(node, entries);
		}
		else if (children.stream().mapToLong(this.paths::heldBytesDelta).sum() >= growth / 2.0) {
			open.addAll(children);
		}
		else {
			tell(node, (entries >= 0) ? entries : node);
		}
	}

	/** What grew of the node by more entries, its own nodes and tables included. */
	private long pileUp(int node) {
		long sum = Math.max(0, this.paths.shallowBytesDelta(node));
		for (int rank = 0; rank < this.tree.childCount(node); rank++) {
			int child = this.tree.child(node, rank);
			if (hasMoreEntries(child)) {
				sum += Math.max(0, this.paths.heldBytesDelta(child));
			}
		}
		return sum;
	}

	private int mostGrownEntries(int node) {
		int most = -1;
		for (int rank = 0; rank < this.tree.childCount(node); rank++) {
			int child = this.tree.child(node, rank);
			if (hasMoreEntries(child)
					&& (most < 0 || this.paths.heldBytesDelta(child) > this.paths.heldBytesDelta(most))) {
				most = child;
			}
		}
		return most;
	}

	/**
	 * Whether objects have piled up. A single one is no pile, though it may look new: an
	 * earlier tree does not tell of an object that held little then. Nor are a few, two
	 * threads of a pool say, where hundreds of times as many have piled up below them.
	 */
	private boolean isPile(int node) {
		if (this.tree.count(node) <= 1 || !this.paths.hasMultiplied(node)) {
			return false;
		}
		long more = countDelta(node);
		return more > FEW || !hasPileBelow(node, MANY * more);
	}

	private boolean hasPileBelow(int node, long count) {
		double aboutAll = ABOUT_ALL * this.paths.heldBytesDelta(node);
		for (int below = mostGrownChild(node); below >= 0
				&& this.paths.heldBytesDelta(below) >= aboutAll; below = mostGrownChild(below)) {
			if (countDelta(below) >= count) {
				return true;
			}
		}
		return false;
	}

	private int mostGrownChild(int node) {
		int most = -1;
		for (int rank = 0; rank < this.tree.childCount(node); rank++) {
			int child = this.tree.child(node, rank);
			if (most < 0 || this.paths.heldBytesDelta(child) > this.paths.heldBytesDelta(most)) {
				most = child;
			}
		}
		return most;
	}

	private long countDelta(int node) {
		return this.tree.count(node) - this.paths.count(node);
	}

	private boolean hasMoreEntries(int child) {
		return this.tree.isEntry(child) && isPile(child);
	}

	private List<Integer> significantChildren(int node, double least) {
		double bound = Math.max(Math.max(1, least), SHARE_OF_ALL * this.allGrowth);
		List<Integer> children = new ArrayList<>();
		for (int rank = 0; rank < this.tree.childCount(node); rank++) {
			int child = this.tree.child(node, rank);
			if (!this.tree.isRest(child) && this.paths.heldBytesDelta(child) >= bound) {
				children.add(child);
			}
		}
		children.sort(Comparator.comparingLong(this.paths::heldBytesDelta).reversed());
		return children;
	}

	private void tell(int node, int entries) {
		this.found.add(new PathDelta(node, entries, this.tree.path(node), this.tree.holder(node),
				this.tree.className(entries), this.paths.count(entries), this.tree.count(entries),
				this.paths.shallowBytes(node), this.tree.shallowBytes(node), this.paths.heldBytes(node),
				this.tree.heldBytes(node), this.paths.retainedBytes(node), this.tree.retainedBytes(node),
				(double) this.paths.heldBytesDelta(node) / this.allGrowth));
	}

}
