package io.leakwatch.heap.analysis;

import java.util.Arrays;

/** Sums by class and by node of the paths. Not safe for several threads. */
final class Totals {

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

	void add(Totals other) {
		add(this.classCount, other.classCount);
		add(this.classShallow, other.classShallow);
		add(this.classRetained, other.classRetained);
		add(this.unreachableCount, other.unreachableCount);
		add(this.unreachableShallow, other.unreachableShallow);
		add(this.nodeCount, other.nodeCount);
		add(this.nodeShallow, other.nodeShallow);
		add(this.nodeRetained, other.nodeRetained);
	}

	private static void add(long[] sums, long[] more) {
		for (int i = 0; i < Math.min(sums.length, more.length); i++) {
			sums[i] += more[i];
		}
	}

}
