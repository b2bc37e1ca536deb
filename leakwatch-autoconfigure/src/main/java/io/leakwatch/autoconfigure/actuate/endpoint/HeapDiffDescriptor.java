package io.leakwatch.autoconfigure.actuate.endpoint;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leakwatch.core.snapshot.Snapshot;
import io.leakwatch.heap.diff.HeapDiff;
import io.leakwatch.heap.profile.HeapProfile;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /actuator/heapdump-diff} answers.
 *
 * @param by what the rows are: {@code class}
 * @param from the earlier snapshot, {@code null} where there is none yet
 * @param to the later snapshot, {@code null} where there is none yet
 * @param seconds the time between them
 * @param countDelta instances gained in all
 * @param shallowBytesDelta bytes gained in all
 * @param message what a person ought to know of this comparison, {@code null} where there
 * is nothing
 * @param rows what changed, the most bytes gained first
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record HeapDiffDescriptor(String by, @Nullable SnapshotDescriptor from, @Nullable SnapshotDescriptor to,
		long seconds, long countDelta, long shallowBytesDelta, @Nullable String message,
		List<ClassRowDescriptor> rows) {

	static HeapDiffDescriptor of(Snapshot from, HeapProfile before, Snapshot to, HeapProfile after, int top) {
		HeapDiff diff = HeapDiff.between(before, after);
		return new HeapDiffDescriptor("class", SnapshotDescriptor.of(from), SnapshotDescriptor.of(to),
				Duration.between(before.takenAt(), after.takenAt()).toSeconds(),
				after.totalCount() - before.totalCount(), after.totalShallowBytes() - before.totalShallowBytes(),
				caution(from, to), diff.classes().stream().limit(top).map(ClassRowDescriptor::of).toList());
	}

	/** The answer where there is nothing to compare yet. */
	static HeapDiffDescriptor none(@Nullable Snapshot only, String message) {
		SnapshotDescriptor from = (only != null) ? SnapshotDescriptor.of(only) : null;
		return new HeapDiffDescriptor("class", from, null, 0, 0, 0, message, List.of());
	}

	private static @Nullable String caution(Snapshot from, Snapshot to) {
		if (from.liveOnly() && to.liveOnly()) {
			return null;
		}
		return (from.liveOnly() == to.liveOnly())
				? "Both snapshots count garbage that was not collected yet, so small differences mean nothing."
				: "One of the snapshots counts garbage that was not collected yet, the other does not; compare two of a kind for exact figures.";
	}

}
