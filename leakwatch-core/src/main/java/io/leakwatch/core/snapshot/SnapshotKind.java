package io.leakwatch.core.snapshot;

/**
 * How a snapshot was made.
 */
public enum SnapshotKind {

	/** A class histogram: instances and bytes by class. */
	HISTOGRAM,

	/** A heap dump that was analysed: what holds the objects, too. */
	HEAP_DUMP

}
