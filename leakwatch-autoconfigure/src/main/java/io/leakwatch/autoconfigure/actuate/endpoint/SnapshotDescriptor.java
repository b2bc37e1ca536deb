package io.leakwatch.autoconfigure.actuate.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leakwatch.core.snapshot.Snapshot;
import io.leakwatch.core.snapshot.SnapshotState;
import io.leakwatch.core.snapshot.SnapshotTotals;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot, without its contents.
 *
 * @param id its identity
 * @param kind {@code histogram}
 * @param state how far it is
 * @param label what a person calls it
 * @param automatic whether LeakWatch took it by itself
 * @param liveOnly whether the heap was collected first, so that it counts no garbage
 * @param takenAt when it was taken
 * @param classes how many classes it names
 * @param totalCount instances of all classes
 * @param totalShallowBytes bytes of all instances
 * @param predictedPauseMillis how long the application was expected to stand still
 * @param pauseMillis how long taking it took, which the application stood still for at
 * the most
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SnapshotDescriptor(String id, String kind, SnapshotState state, @Nullable String label, boolean automatic,
		boolean liveOnly, Instant takenAt, int classes, long totalCount, long totalShallowBytes,
		long predictedPauseMillis, long pauseMillis) {

	static SnapshotDescriptor of(Snapshot snapshot) {
		SnapshotTotals totals = snapshot.totals();
		Duration pause = snapshot.pause();
		return new SnapshotDescriptor(snapshot.id(), snapshot.kind().name().toLowerCase(Locale.ROOT), snapshot.state(),
				snapshot.label(), snapshot.automatic(), snapshot.liveOnly(), snapshot.takenAt(),
				(totals != null) ? totals.classes() : 0, (totals != null) ? totals.totalCount() : 0,
				(totals != null) ? totals.totalShallowBytes() : 0, snapshot.predictedPause().toMillis(),
				(pause != null) ? pause.toMillis() : 0);
	}

}
