package io.leakwatch.heap.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.leakwatch.heap.profile.PathTree;
import org.jspecify.annotations.Nullable;

/**
 * What each node of a later tree had in an earlier one, matched step by step by field and
 * class.
 *
 * <p>
 * A pruned tree does not tell small nodes apart, so a node that is missing in the earlier
 * tree may have been there. It is taken to have been, as far as the sum of what was left
 * out beside it goes, and as large as the largest of what was left out: growth is rather
 * told too small than where there is none.
 *
 * <p>
 * Of several shortest paths to an object each dump may take another, and a new reference
 * may make a shorter one. So a node whose path is new is matched with one of the same
 * field, class and size whose path is gone, and what is below it with what was below
 * that: nothing has grown there.
 */
final class MatchedPaths {

	/** What holds less is not looked for elsewhere. */
	private static final long LEAST_MOVED_BYTES = 16 << 10;

	/** How much the sizes of one and the same may differ. */
	private static final double MOST_RESIZED = 1.25;

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
		Map<Step, Integer> steps = paths.steps();
		paths.match(steps);
		paths.matchMoved(steps);
		return paths;
	}

	/** The nodes of the earlier tree by their step from the one above. */
	private Map<Step, Integer> steps() {
		Map<Step, Integer> steps = new HashMap<>(this.before.size() * 4 / 3 + 1);
		for (int node = 1; node < this.before.size(); node++) {
			steps.put(Step.of(this.before, node, this.before.parent(node)), node);
		}
		return steps;
	}

	private void match(Map<Step, Integer> steps) {
		Arrays.fill(this.matches, -1);
		take(PathTree.HEAP, PathTree.HEAP);
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
					long most = Math.min(Math.min(rest, this.before.mostLeftOutBytes()), this.after.heldBytes(node));
					estimate(node, share(most, this.after.heldBytes(node)));
					rest -= this.heldBytes[node];
				}
			}
		}
	}

	/** Matches what has another path now, with all below it. */
	private void matchMoved(Map<Step, Integer> steps) {
		int[] successors = new int[this.before.size()];
		Arrays.fill(successors, -1);
		for (int node = 0; node < this.after.size(); node++) {
			if (this.matches[node] >= 0) {
				successors[this.matches[node]] = node;
			}
		}
		Map<Step, List<Integer>> gone = new HashMap<>();
		for (int node = 1; node < this.before.size(); node++) {
			if (successors[node] < 0 && this.before.heldBytes(node) >= LEAST_MOVED_BYTES
					&& isOwnField(this.before, node)) {
				gone.computeIfAbsent(Step.of(this.before, node, -1), (step) -> new ArrayList<>()).add(node);
			}
		}
		boolean[] moved = new boolean[this.after.size()];
		for (int node = 1; node < this.after.size() && !gone.isEmpty(); node++) {
			int parent = this.after.parent(node);
			if (this.matches[node] >= 0) {
				continue;
			}
			if (moved[parent]) {
				Integer same = steps.get(Step.of(this.after, node, this.matches[parent]));
				if (same != null) {
					take(node, same);
					moved[node] = true;
				}
			}
			else if (this.after.heldBytes(node) >= LEAST_MOVED_BYTES && isOwnField(this.after, node)) {
				int same = takeOneOfSize(gone.get(Step.of(this.after, node, -1)), this.after.heldBytes(node));
				if (same >= 0) {
					long bytes = this.before.heldBytes(same) - this.heldBytes[node];
					addAbove(parent, bytes);
					subtractAbove(same, successors);
					take(node, same);
					moved[node] = true;
				}
			}
		}
	}

	private static boolean isOwnField(PathTree tree, int node) {
		return !tree.isEntry(node) && !tree.isRest(node);
	}

	/** The first of about some size, which is taken out; −1 where there is none. */
	private int takeOneOfSize(@Nullable List<Integer> candidates, long bytes) {
		if (candidates != null) {
			for (Integer candidate : candidates) {
				long held = this.before.heldBytes(candidate);
				if (Math.max(held, bytes) <= MOST_RESIZED * Math.min(held, bytes)) {
					candidates.remove(candidate);
					return candidate;
				}
			}
		}
		return -1;
	}

	/** What is somewhere now was there before, as far as those above are concerned. */
	private void addAbove(int parent, long bytes) {
		for (int node = parent; node > PathTree.HEAP; node = this.after.parent(node)) {
			this.heldBytes[node] += bytes;
		}
	}

	private void subtractAbove(int gone, int[] successors) {
		long bytes = this.before.heldBytes(gone);
		for (int node = this.before.parent(gone); node > PathTree.HEAP; node = this.before.parent(node)) {
			if (successors[node] >= 0) {
				this.heldBytes[successors[node]] = Math.max(0, this.heldBytes[successors[node]] - bytes);
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
