package io.leakwatch.core.snapshot;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One look at the heap that is kept for comparing, as it is at the moment: the states of
 * a heap dump are one such record after the other. What was seen is read by
 * {@link Snapshots#profile(Snapshot)}.
 *
 * @param id its identity, unique in the folder where the snapshots are kept, else since
 * the service's start
 * @param kind how it was made
 * @param state how far it is
 * @param label what a person calls it, {@code null} where nobody named it
 * @param automatic whether LeakWatch took it by itself
 * @param uploaded whether it was added from elsewhere, as that of another instance
 * @param ofThisRun whether it was taken since this service's start; not so where it was
 * uploaded
 * @param liveOnly whether the heap was collected first, so that it counts no garbage
 * @param takenAt when it was taken
 * @param predictedPause how long the application was expected to stand still
 * @param pause how long taking it took, which the application stood still for at the
 * most, {@code null} until it was measured
 * @param progress how far the analysis is, {@code null} while there is none
 * @param failure why it failed, in a sentence, {@code null} unless it did
 * @param totals the size of what was seen, {@code null} until it is ready
 * @param dumpBytes the size of the heap dump, {@code null} where there is none yet
 */
public record Snapshot(String id, SnapshotKind kind, SnapshotState state, @Nullable String label, boolean automatic,
		boolean uploaded, boolean ofThisRun, boolean liveOnly, Instant takenAt, Duration predictedPause,
		@Nullable Duration pause, @Nullable SnapshotProgress progress, @Nullable String failure,
		@Nullable SnapshotTotals totals, @Nullable Long dumpBytes) {

	/**
	 * Whether it can be compared.
	 * @return whether its state is {@link SnapshotState#READY}
	 */
	public boolean isReady() {
		return this.state == SnapshotState.READY;
	}

	/** The next state of this heap dump. */
	Snapshot with(SnapshotState state, @Nullable Duration pause, @Nullable SnapshotProgress progress,
			@Nullable String failure, @Nullable SnapshotTotals totals, @Nullable Long dumpBytes) {
		return new Snapshot(this.id, this.kind, state, this.label, this.automatic, this.uploaded, this.ofThisRun,
				this.liveOnly, this.takenAt, this.predictedPause, pause, progress, failure, totals, dumpBytes);
	}

}
