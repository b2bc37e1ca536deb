package io.leakwatch.core.snapshot;

import java.time.Duration;

import io.leakwatch.heap.profile.HeapProfile;
import org.jspecify.annotations.Nullable;

/**
 * One look at the heap that is kept for comparing.
 *
 * @param id its identity, unique in this service since its start
 * @param kind how it was made
 * @param state how far it is
 * @param label what a person calls it, {@code null} where nobody named it
 * @param automatic whether LeakWatch took it by itself
 * @param liveOnly whether the heap was collected first, so that it counts no garbage
 * @param predictedPause how long the application was expected to stand still
 * @param pause how long taking it took, which the application stood still for at the most
 * @param profile what was seen
 */
public record Snapshot(String id, SnapshotKind kind, SnapshotState state, @Nullable String label, boolean automatic,
		boolean liveOnly, Duration predictedPause, Duration pause, HeapProfile profile) {
}
