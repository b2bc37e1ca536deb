package io.leakwatch.autoconfigure.actuate.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leakwatch.core.snapshot.Snapshot;
import io.leakwatch.heap.profile.HeapProfile;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /actuator/heapdump-diff} answers.
 *
 * @param by what the rows are: {@code class}, {@code path}, {@code bean} or
 * {@code loader}
 * @param from the earlier snapshot, {@code null} where there is none yet
 * @param to the later snapshot, {@code null} where there is none yet
 * @param seconds the time between them
 * @param countDelta instances gained in all
 * @param shallowBytesDelta bytes gained in all
 * @param message what a person ought to know of this comparison, {@code null} where there
 * is nothing
 * @param rows what changed, the most bytes gained first
 * @param intervals how many intervals between heap dumps were looked at for what grew in
 * every one, {@code null} where there are not two
 * @param topPath the place in which most has piled up, {@code null} where that is unknown
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record HeapDiffDescriptor(String by, @Nullable SnapshotDescriptor from, @Nullable SnapshotDescriptor to,
		long seconds, long countDelta, long shallowBytesDelta, @Nullable String message,
		List<? extends DiffRowDescriptor> rows, @Nullable Integer intervals, @Nullable PathRowDescriptor topPath) {

	static HeapDiffDescriptor of(DiffBy by, Snapshot from, Snapshot to, List<HeapProfile> profiles, int top) {
		HeapProfile before = profiles.get(0);
		HeapProfile after = profiles.get(profiles.size() - 1);
		DiffRows rows = new DiffRows(profiles);
		return new HeapDiffDescriptor(by.word(), SnapshotDescriptor.of(from), SnapshotDescriptor.of(to),
				Duration.between(before.takenAt(), after.takenAt()).toSeconds(),
				after.totalCount() - before.totalCount(), after.totalShallowBytes() - before.totalShallowBytes(),
				caution(from, to, by, rows), rows.by(by, top), rows.intervals(), rows.topPath());
	}

	/** The answer where there is nothing to compare yet. */
	static HeapDiffDescriptor none(DiffBy by, @Nullable Snapshot only, String message) {
		SnapshotDescriptor from = (only != null) ? SnapshotDescriptor.of(only) : null;
		return new HeapDiffDescriptor(by.word(), from, null, 0, 0, 0, message, List.of(), null, null);
	}

	private static @Nullable String caution(Snapshot from, Snapshot to, DiffBy by, DiffRows rows) {
		List<String> cautions = new ArrayList<>();
		if (from.uploaded() || to.uploaded()) {
			cautions.add("One of the snapshots is of another instance, so the differences are between instances.");
		}
		if (!from.liveOnly() && !to.liveOnly()) {
			cautions.add("Both snapshots count garbage that was not collected yet, so small differences mean nothing.");
		}
		else if (from.liveOnly() != to.liveOnly()) {
			cautions.add(
					"One of the snapshots counts garbage that was not collected yet, the other does not; compare two of a kind for exact figures.");
		}
		if ((by == DiffBy.PATH || by == DiffBy.BEAN) && rows.ownHeldBytesDelta() > 0) {
			cautions.add("What LeakWatch itself holds is left out: %s more, and bounded."
				.formatted(Units.bytes(rows.ownHeldBytesDelta())));
		}
		return cautions.isEmpty() ? null : String.join(" ", cautions);
	}

}
