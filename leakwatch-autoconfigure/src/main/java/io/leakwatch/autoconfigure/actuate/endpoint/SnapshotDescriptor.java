package io.leakwatch.autoconfigure.actuate.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leakwatch.core.snapshot.Snapshot;
import io.leakwatch.core.snapshot.SnapshotProgress;
import io.leakwatch.core.snapshot.SnapshotState;
import io.leakwatch.core.snapshot.SnapshotTotals;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot, without its contents.
 *
 * @param id its identity
 * @param kind {@code histogram} or {@code heapdump}
 * @param state how far it is
 * @param label what a person calls it
 * @param automatic whether LeakWatch took it by itself
 * @param liveOnly whether the heap was collected first, so that it counts no garbage
 * @param takenAt when it was taken
 * @param classes how many classes it names, {@code null} until it is ready, as the totals
 * @param totalCount instances of all classes
 * @param totalShallowBytes bytes of all instances
 * @param predictedPauseMillis how long the application was expected to stand still
 * @param pauseMillis how long taking it took, which the application stood still for at
 * the most; {@code null} until it is known
 * @param progress how far the analysis is, {@code null} where none is under way
 * @param failure why there is nothing to compare, {@code null} where it did not fail
 * @param dumpBytes the size of the heap dump's file, {@code null} where there was none
 * @param uploaded whether it came from elsewhere, as that of another instance
 * @param ofThisRun whether it was taken here since this service's start
 * @param href where to ask for it, below the endpoint's own path
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SnapshotDescriptor(String id, String kind, SnapshotState state, @Nullable String label, boolean automatic,
		boolean liveOnly, Instant takenAt, @Nullable Integer classes, @Nullable Long totalCount,
		@Nullable Long totalShallowBytes, long predictedPauseMillis, @Nullable Long pauseMillis,
		@Nullable Progress progress, @Nullable String failure, @Nullable Long dumpBytes, boolean uploaded,
		boolean ofThisRun, String href) {

	static SnapshotDescriptor of(Snapshot snapshot) {
		Duration pause = snapshot.pause();
		SnapshotProgress progress = snapshot.progress();
		SnapshotTotals totals = snapshot.totals();
		return new SnapshotDescriptor(snapshot.id(), kind(snapshot), snapshot.state(), snapshot.label(),
				snapshot.automatic(), snapshot.liveOnly(), snapshot.takenAt(),
				(totals != null) ? totals.classes() : null, (totals != null) ? totals.totalCount() : null,
				(totals != null) ? totals.totalShallowBytes() : null, snapshot.predictedPause().toMillis(),
				(pause != null) ? pause.toMillis() : null,
				(progress != null) ? new Progress(progress.phase(), progress.percent()) : null, snapshot.failure(),
				snapshot.dumpBytes(), snapshot.uploaded(), snapshot.ofThisRun(), "snapshots/" + snapshot.id());
	}

	/** The word that {@code POST} takes. */
	private static String kind(Snapshot snapshot) {
		return snapshot.kind().name().toLowerCase(Locale.ROOT).replace("_", "");
	}

	/**
	 * How far an analysis is.
	 *
	 * @param phase what is being done
	 * @param percent how much of the whole is done
	 */
	public record Progress(String phase, int percent) {
	}

}
