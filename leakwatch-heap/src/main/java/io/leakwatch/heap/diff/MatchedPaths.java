package io.leakwatch.heap.diff;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import io.leakwatch.heap.profile.PathTree;

/**
 * What each node of a later tree had in an earlier one, matched step by step by field and
 * class.
 *
 * <p>
 * A pruned tree does not tell small nodes apart, so a node that is missing in the earlier
 * tree may have been there. It is taken to have been, as far as the sum of what was left
 * out beside it goes, and a node that was left out can have held: growth is rather told
 * too small than where there is none.
 */
final class MatchedPaths {

	private final PathTree before;

	private final PathTree after;

	/** The node of the earlier tree, −1 where it has none. */
	private final int[] matches;

	private final long[] counts;

	private final long[] shallowBytes;

	private final long[] heldBytes;

	private final long[] retainedBytes;

	private MatchedPaths(PathTree before, PathTree after) {
		this.before = before;
		this.after = after;
		this.matches = new int[after.size()];
		this.counts = new long[after.size()];
		this.shallowBytes = new long[after.size()];
		this.heldBytes = new long[after.size()];
		this.retainedBytes = new long[after.size()];
	}

	static MatchedPaths of(PathTree before, PathTree after) {
		MatchedPaths paths = new MatchedPaths(before, after);
		paths.match();
		return paths;
	}

	private void match() {
		Map<Step, Integer> steps = new HashMap<>(this.before.size() * 4 / 3 + 1);
		for (int node = 1; node < this.before.size(); node++) {
			steps.put(Step.of(this.before, node, this.before.parent(node)), node);
		}
		Arrays.fill(this.matches, -1);
		take(PathTree.HEAP, PathTree.HEAP);
		long mostLeftOut = mostLeftOut();
		// Children of a node come by bytes, so that the largest have of the rest first.
		for (int parent = 0; parent < this.after.size(); parent++) {
			int match = this.matches[parent];
			long rest = (match >= 0) ? restBelow(match) : 0;
			for (int rank = 0; rank < this.after.childCount(parent); rank++) {
				int node = this.after.child(parent, rank);
				Integer same = (match >= 0) ? steps.get(Step.of(this.after, node, match)) : null;
				if (same != null) {
					take(node, same);
				}
				else if (match < 0) {
					estimate(node, share(this.heldBytes[parent], this.after.heldBytes(parent)));
				}
				else {
					long held = this.after.heldBytes(node);
					estimate(node, share(Math.min(Math.min(rest, mostLeftOut), held), held));
					rest -= this.heldBytes[node];
				}
			}
		}
	}

	private void take(int node, int match) {
		this.matches[node] = match;
		this.counts[node] = this.before.count(match);
		this.shallowBytes[node] = this.before.shallowBytes(match);
		this.heldBytes[node] = this.before.heldBytes(match);
		this.retainedBytes[node] = this.before.retainedBytes(match);
	}

	private void estimate(int node, double share) {
		this.counts[node] = Math.round(this.after.count(node) * share);
		this.shallowBytes[node] = Math.round(this.after.shallowBytes(node) * share);
		this.heldBytes[node] = Math.round(this.after.heldBytes(node) * share);
		this.retainedBytes[node] = Math.round(this.after.retainedBytes(node) * share);
	}

	private static double share(long part, long whole) {
		return (whole > 0) ? (double) part / whole : 0;
	}

	/**
	 * What a node that was left out can have held at the most. About half of the nodes
	 * were kept since they held most, so that a quarter of them held more for sure.
	 */
	private long mostLeftOut() {
		long[] held = new long[this.before.size()];
		Arrays.setAll(held, this.before::heldBytes);
		Arrays.sort(held);
		return held[held.length - 1 - held.length / 4];
	}

	private long restBelow(int node) {
		for (int rank = 0; rank < this.before.childCount(node); rank++) {
			int child = this.before.child(node, rank);
			if (this.before.isRest(child)) {
				return this.before.heldBytes(child);
			}
		}
		return 0;
	}

	/** All that has grown, without what has shrunk elsewhere. */
	long allGrowth() {
		long sum = 0;
		for (int rank = 0; rank < this.after.childCount(PathTree.HEAP); rank++) {
			sum += Math.max(0, heldBytesDelta(this.after.child(PathTree.HEAP, rank)));
		}
		return sum;
	}

	PathTree after() {
		return this.after;
	}

	/** The objects the node had in the earlier tree. */
	long count(int node) {
		return this.counts[node];
	}

	long shallowBytes(int node) {
		return this.shallowBytes[node];
	}

	long heldBytes(int node) {
		return this.heldBytes[node];
	}

	long retainedBytes(int node) {
		return this.retainedBytes[node];
	}

	/** How many more bytes the node holds now. */
	long heldBytesDelta(int node) {
		return this.after.heldBytes(node) - this.heldBytes[node];
	}

	long shallowBytesDelta(int node) {
		return this.after.shallowBytes(node) - this.shallowBytes[node];
	}

	/** Whether a node has grown by more objects rather than by larger ones. */
	boolean hasMultiplied(int node) {
		long more = this.after.count(node) - this.counts[node];
		double mean = (double) this.after.heldBytes(node) / Math.max(1, this.after.count(node));
		return more > 0 && more * mean >= heldBytesDelta(node) / 2.0;
	}

	/** A step below a node of the earlier tree. */
	private record Step(int parent, String field, String className) {

		static Step of(PathTree tree, int node, int parent) {
			return new Step(parent, tree.field(node), tree.className(node));
		}

	}

}
