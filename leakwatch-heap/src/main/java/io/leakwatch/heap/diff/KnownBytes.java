package io.leakwatch.heap.diff;

/** Bytes that may be unknown, which −1 stands for. */
final class KnownBytes {

	private KnownBytes() {
	}

	/** The bytes gained, 0 where they are unknown before or after. */
	static long delta(long before, long after) {
		return (before >= 0 && after >= 0) ? after - before : 0;
	}

}
