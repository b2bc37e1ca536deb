package io.leakwatch.heap.diff;

/**
 * The place in a heap where something has piled up between two profiles: a container or
 * an object, and what grew in it.
 *
 * @param node the number of the container's node in the tree of the later profile
 * @param entries the number of the node of what grew in it there; the container's own
 * where that grew itself
 * @param path the way from the root to the container, in words
 * @param holder who holds it, in words: what a person can look up first
 * @param className the class of what grew in it; of the object itself where that grew
 * @param countBefore how many of that class were there in the first profile
 * @param countAfter how many are there in the second
 * @param shallowBytesBefore the bytes of the container itself in the first profile
 * @param shallowBytesAfter its bytes in the second
 * @param heldBytesBefore the bytes of it and all below it in the first profile
 * @param heldBytesAfter those in the second
 * @param retainedBytesBefore what would have been freed without it in the first profile
 * @param retainedBytesAfter what would be freed without it in the second
 * @param shareOfGrowth its part of all that grew, from 0 to 1
 */
public record PathDelta(int node, int entries, String path, String holder, String className, long countBefore,
		long countAfter, long shallowBytesBefore, long shallowBytesAfter, long heldBytesBefore, long heldBytesAfter,
		long retainedBytesBefore, long retainedBytesAfter, double shareOfGrowth) {

	/**
	 * How many more there are.
	 * @return a count
	 */
	public long countDelta() {
		return this.countAfter - this.countBefore;
	}

	/**
	 * How many more bytes the container has itself.
	 * @return bytes
	 */
	public long shallowBytesDelta() {
		return this.shallowBytesAfter - this.shallowBytesBefore;
	}

	/**
	 * How many more bytes it holds.
	 * @return bytes
	 */
	public long heldBytesDelta() {
		return this.heldBytesAfter - this.heldBytesBefore;
	}

	/**
	 * How many more bytes it retains.
	 * @return bytes
	 */
	public long retainedBytesDelta() {
		return this.retainedBytesAfter - this.retainedBytesBefore;
	}

}
