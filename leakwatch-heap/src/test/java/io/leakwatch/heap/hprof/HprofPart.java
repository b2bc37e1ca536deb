package io.leakwatch.heap.hprof;

/**
 * A part of a heap dump that {@link HprofWriter#order} can put before or after another.
 */
public enum HprofPart {

	/** The CLASS_DUMP sub-records. */
	CLASSES,

	/** The GC roots. */
	ROOTS,

	/** Instances, arrays and what a test adds among them. */
	OBJECTS

}
