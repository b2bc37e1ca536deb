package io.leakwatch.heap.profile;

/**
 * The instances of one class at one moment.
 *
 * @param className the binary name as the JVM's histogram writes it; arrays as {@code [B}
 * or {@code [Ljava.lang.String;}
 * @param count the number of instances
 * @param shallowBytes the bytes of the instances themselves, without what they refer to
 * @param retainedBytes what would be freed if the instances were gone, −1 where unknown
 */
public record ClassCount(String className, long count, long shallowBytes, long retainedBytes) {

	/**
	 * Instances whose retained bytes are unknown, as in a histogram.
	 * @param className the binary name
	 * @param count the number of instances
	 * @param shallowBytes the bytes of the instances themselves
	 */
	public ClassCount(String className, long count, long shallowBytes) {
		this(className, count, shallowBytes, -1);
	}

	ClassCount plus(ClassCount other) {
		return new ClassCount(this.className, this.count + other.count, this.shallowBytes + other.shallowBytes,
				HeapProfile.sumOfKnown(this.retainedBytes, other.retainedBytes));
	}

}
