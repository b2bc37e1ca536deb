package io.leakwatch.core.snapshot;

/**
 * How far a snapshot is.
 */
public enum SnapshotState {

	/** The heap is being dumped, and the application stands still. */
	CAPTURING,

	/** The dump is being analysed, and the application runs. */
	ANALYSING,

	/** It can be compared. */
	READY,

	/** There is nothing to compare, and its failure tells why. */
	FAILED

}
