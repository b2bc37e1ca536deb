package io.leakwatch.autoconfigure.event;

import io.leakwatch.core.snapshot.Snapshot;

/**
 * Published when a snapshot was taken: on the monitor's thread for an automatic one, else
 * on the thread that asked for it.
 *
 * @param snapshot the snapshot
 */
public record SnapshotTakenEvent(Snapshot snapshot) {
}
