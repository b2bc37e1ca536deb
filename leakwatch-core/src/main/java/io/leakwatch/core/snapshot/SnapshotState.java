package io.leakwatch.core.snapshot;

/**
 * How far a snapshot is.
 */
public enum SnapshotState {

	/** It can be compared. */
	READY

}
