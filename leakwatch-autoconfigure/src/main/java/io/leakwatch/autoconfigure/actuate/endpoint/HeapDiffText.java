package io.leakwatch.autoconfigure.actuate.endpoint;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Comparisons and snapshots as a person reads them in a terminal.
 */
final class HeapDiffText {

	private HeapDiffText() {
	}

	static String of(HeapDiffDescriptor diff) {
		StringBuilder text = new StringBuilder();
		SnapshotDescriptor from = diff.from();
		SnapshotDescriptor to = diff.to();
		if (from != null && to != null) {
			text.append("From %s to %s: %s\n".formatted(name(from), name(to),
					Units.duration(Duration.ofSeconds(diff.seconds()))));
			text.append("In all %s objects, %s\n".formatted(Units.signed(diff.countDelta()),
					Units.signedBytes(diff.shallowBytesDelta())));
		}
		if (diff.message() != null) {
			text.append(diff.message()).append('\n');
		}
		if (!diff.rows().isEmpty()) {
			text.append('\n').append(rows(diff.rows()));
		}
		return text.toString();
	}

	static String rows(List<ClassRowDescriptor> rows) {
		TextTable table = new TextTable("CLASS", ">BEFORE", ">AFTER", ">OBJECTS", ">BYTES");
		rows.forEach((row) -> table.row(row.name(), Units.count(row.countBefore()), Units.count(row.countAfter()),
				Units.signed(row.countDelta()), Units.signedBytes(row.shallowBytesDelta())));
		return table.toString();
	}

	static String snapshots(List<SnapshotDescriptor> snapshots) {
		TextTable table = new TextTable("ID", "KIND", "STATE", "TAKEN AT", ">OBJECTS", ">BYTES", ">PAUSE", "LIVE ONLY",
				"LABEL");
		snapshots.forEach((snapshot) -> table.row(snapshot.id(), snapshot.kind(), snapshot.state().name(),
				Units.time(snapshot.takenAt()), Units.count(snapshot.totalCount()),
				Units.bytes(snapshot.totalShallowBytes()), snapshot.pauseMillis() + " ms",
				snapshot.liveOnly() ? "yes" : "no", orEmpty(snapshot.label())));
		return table.toString();
	}

	private static String name(SnapshotDescriptor snapshot) {
		return (snapshot.label() != null) ? snapshot.id() + " '" + snapshot.label() + "'" : snapshot.id();
	}

	private static String orEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

}
