package io.leakwatch.autoconfigure.actuate.endpoint;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Snapshots as a person reads them in a terminal.
 */
final class SnapshotText {

	private SnapshotText() {
	}

	static String of(List<SnapshotDescriptor> snapshots, List<String> problems) {
		TextTable table = new TextTable("ID", "KIND", "STATE", "TAKEN AT", ">OBJECTS", ">BYTES", ">PAUSE", "LIVE ONLY",
				"LABEL");
		snapshots.forEach(
				(snapshot) -> table.row(snapshot.id(), snapshot.kind(), state(snapshot), Units.time(snapshot.takenAt()),
						countOrEmpty(snapshot.totalCount()), bytesOrEmpty(snapshot.totalShallowBytes()),
						pause(snapshot), snapshot.liveOnly() ? "yes" : "no", orEmpty(snapshot.label())));
		StringBuilder text = new StringBuilder(table.toString());
		for (SnapshotDescriptor snapshot : snapshots) {
			if (snapshot.failure() != null) {
				text.append("\n%s failed: %s\n".formatted(snapshot.id(), snapshot.failure()));
			}
		}
		problems.forEach((problem) -> text.append('\n').append(problem).append('\n'));
		return text.toString();
	}

	private static String state(SnapshotDescriptor snapshot) {
		SnapshotDescriptor.Progress progress = snapshot.progress();
		String state = snapshot.state().name();
		return (progress != null) ? "%s %d %% (%s)".formatted(state, progress.percent(), progress.phase()) : state;
	}

	/** The expected pause, marked as such, until it is measured. */
	private static String pause(SnapshotDescriptor snapshot) {
		Long measured = snapshot.pauseMillis();
		return (measured != null) ? measured + " ms" : "~" + snapshot.predictedPauseMillis() + " ms";
	}

	private static String countOrEmpty(@Nullable Long count) {
		return (count != null) ? Units.count(count) : "";
	}

	private static String bytesOrEmpty(@Nullable Long bytes) {
		return (bytes != null) ? Units.bytes(bytes) : "";
	}

	private static String orEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

}
