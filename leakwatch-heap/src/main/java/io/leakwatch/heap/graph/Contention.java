package io.leakwatch.heap.graph;

/**
 * Which fields of a class of the JDK are kept apart in memory, because threads would
 * disturb each other by writing to them ({@code @Contended}).
 *
 * @param wholeClass whether there is padding around the fields of the class as a whole
 * @param group the fields that have padding around them within the class
 */
record Contention(boolean wholeClass, FieldCounts group) {

	static final Contention NONE = new Contention(false, FieldCounts.NONE);

	boolean isNone() {
		return equals(NONE);
	}

}
