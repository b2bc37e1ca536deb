package io.leakwatch.autoconfigure.actuate.endpoint;

import java.time.Duration;

import io.leakwatch.core.snapshot.Snapshot;
import io.leakwatch.core.snapshot.SnapshotRefusedException;
import io.leakwatch.core.snapshot.SnapshotState;
import io.leakwatch.core.snapshot.SnapshotUnreadableException;
import io.leakwatch.heap.profile.PrintableName;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with snapshots, each with what to do about it.
 */
final class Problems {

	static final String HOW_TO_TAKE_ONE = "Take one with: curl -X POST …/actuator/heapdump-diff"
			+ " (needs management.endpoint.heapdump-diff.access=unrestricted).";

	static final String HOW_TO_TAKE_A_HEAP_DUMP = "Take one with: curl -X POST -H 'Content-Type: application/json'"
			+ " -d '{\"kind\":\"heapdump\"}' …/actuator/heapdump-diff"
			+ " (needs management.endpoint.heapdump-diff.access=unrestricted; the application stands still meanwhile).";

	private static final long SOON_SECONDS = 5;

	private static final int LONGEST_SHOWN = 50;

	private Problems() {
	}

	static ProblemDescriptor unknown(String reference) {
		return ProblemDescriptor
			.notFound("There is no snapshot '%s'; …/heapdump-diff/snapshots lists them.".formatted(shown(reference)));
	}

	static ProblemDescriptor unknownPart(String part) {
		return ProblemDescriptor.notFound("There is no part '%s'; there is snapshots.".formatted(shown(part)));
	}

	static ProblemDescriptor refused(SnapshotRefusedException refusal) {
		int status = switch (refusal.reason()) {
			case UNDER_WAY, COOLING_DOWN -> 429;
			case PAUSE_TOO_LONG -> 503;
			case NO_ROOM -> 507;
			case UNAVAILABLE -> 501;
		};
		Duration retryAfter = refusal.retryAfter();
		return new ProblemDescriptor(status, refusal.reason().name(), String.valueOf(refusal.getMessage()),
				(retryAfter != null) ? retryAfter.toSeconds() + 1 : null);
	}

	static ProblemDescriptor unavailable(Exception ex) {
		return new ProblemDescriptor(501, "UNAVAILABLE", String.valueOf(ex.getMessage()), null);
	}

	static ProblemDescriptor unreadable(SnapshotUnreadableException ex) {
		return new ProblemDescriptor(410, "UNREADABLE", String.valueOf(ex.getMessage()), null);
	}

	/** Why there is nothing to read of a snapshot, {@code null} where it is ready. */
	static @Nullable ProblemDescriptor ifNotReady(Snapshot snapshot) {
		if (snapshot.isReady()) {
			return null;
		}
		if (snapshot.state() == SnapshotState.FAILED) {
			return new ProblemDescriptor(409, "FAILED",
					"Snapshot %s has failed: %s".formatted(snapshot.id(), snapshot.failure()), null);
		}
		return new ProblemDescriptor(409, "NOT_READY",
				"Snapshot %s is not ready, its state is %s. Ask again in a moment; …/heapdump-diff/snapshots/%s tells how far it is."
					.formatted(snapshot.id(), snapshot.state(), snapshot.id()),
				SOON_SECONDS);
	}

	/** What came with a request, fit to be shown. */
	static String shown(String text) {
		return PrintableName.of(text, LONGEST_SHOWN);
	}

}
