package io.leakwatch.heap.diff;

/**
 * One class in two profiles.
 *
 * @param className the binary name
 * @param countBefore instances in the first profile
 * @param countAfter instances in the second
 * @param shallowBytesBefore bytes of the instances in the first profile
 * @param shallowBytesAfter bytes of the instances in the second
 */
public record ClassDelta(String className, long countBefore, long countAfter, long shallowBytesBefore,
		long shallowBytesAfter) {

	/**
	 * Instances gained, negative where the class lost some.
	 * @return a count
	 */
	public long countDelta() {
		return this.countAfter - this.countBefore;
	}

	/**
	 * Bytes gained, negative where the class lost some.
	 * @return bytes
	 */
	public long shallowBytesDelta() {
		return this.shallowBytesAfter - this.shallowBytesBefore;
	}

}
