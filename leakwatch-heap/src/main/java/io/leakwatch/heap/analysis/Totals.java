package io.leakwatch.heap.analysis;

import java.util.Arrays;
import java.util.List;

/** Sums by class and by node of the paths. Not safe for several threads. */
final class Totals {

	private static final long[] NOTHING = {};

	long[] classCount;

	long[] classShallow;

	long[] classRetained;

	long[] unreachableCount;

	long[] unreachableShallow;

	long[] nodeCount;

	long[] nodeShallow;

	long[] nodeRetained;

	Totals(int classes, int nodes) {
		this.classCount = new long[classes];
		this.classShallow = new long[classes];
		this.classRetained = new long[classes];
		this.unreachableCount = new long[classes];
		this.unreachableShallow = new long[classes];
		this.nodeCount = new long[nodes];
		this.nodeShallow = new long[nodes];
		this.nodeRetained = new long[nodes];
	}

	void unreachable(int type, long bytes) {
		this.unreachableCount[type]++;
		this.unreachableShallow[type] += bytes;
	}

	void object(int type, int node, long bytes) {
		this.classCount[type]++;
		this.classShallow[type] += bytes;
		if (node >= this.nodeCount.length) {
			int length = Math.max(node + 1, 2 * this.nodeCount.length);
			this.nodeCount = Arrays.copyOf(this.nodeCount, length);
			this.nodeShallow = Arrays.copyOf(this.nodeShallow, length);
			this.nodeRetained = Arrays.copyOf(this.nodeRetained, length);
		}
		this.nodeCount[node]++;
		this.nodeShallow[node] += bytes;
	}

	/**
	 * Adds up what several threads have counted, into what the first of them has: with
	 * many classes and paths each of these is some ten megabytes.
	 * @param parts the counts of each thread, which are not to be used afterwards
	 * @param nodes how many nodes there are by now
	 */
	static Totals sum(List<Totals> parts, int nodes) {
		Totals sum = parts.get(0);
		sum.nodeCount = Arrays.copyOf(sum.nodeCount, nodes);
		sum.nodeShallow = Arrays.copyOf(sum.nodeShallow, nodes);
		sum.nodeRetained = Arrays.copyOf(sum.nodeRetained, nodes);
		parts.subList(1, parts.size()).forEach(sum::take);
		return sum;
	}

	private void take(Totals other) {
		other.classCount = add(this.classCount, other.classCount);
		other.classShallow = add(this.classShallow, other.classShallow);
		other.classRetained = add(this.classRetained, other.classRetained);
		other.unreachableCount = add(this.unreachableCount, other.unreachableCount);
		other.unreachableShallow = add(this.unreachableShallow, other.unreachableShallow);
		other.nodeCount = add(this.nodeCount, other.nodeCount);
		other.nodeShallow = add(this.nodeShallow, other.nodeShallow);
		other.nodeRetained = add(this.nodeRetained, other.nodeRetained);
	}

	/** Adds numbers, and returns what is left of them. */
	private static long[] add(long[] sums, long[] more) {
		for (int i = 0; i < Math.min(sums.length, more.length); i++) {
			sums[i] += more[i];
		}
		return NOTHING;
	}

}
