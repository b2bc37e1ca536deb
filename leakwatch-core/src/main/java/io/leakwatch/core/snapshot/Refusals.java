package io.leakwatch.core.snapshot;

import java.time.Duration;
import java.time.Instant;

import io.leakwatch.core.snapshot.SnapshotRefusedException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The refusals that histograms and heap dumps have in common.
 */
final class Refusals {

	private Refusals() {
	}

	static void whileClosed(boolean closed) {
		if (closed) {
			throw new SnapshotRefusedException(Reason.UNAVAILABLE,
					"The service is shutting down, and takes no snapshot any more. Ask another instance.", null);
		}
	}

	static SnapshotRefusedException underWay() {
		return new SnapshotRefusedException(Reason.UNDER_WAY, "Another snapshot is being taken. Ask again in a moment.",
				Duration.ofSeconds(1));
	}

	static void whileCoolingDown(@Nullable Instant last, Duration coolDown, Instant now, String what, String property) {
		if (last != null) {
			Duration left = Duration.between(now, last.plus(coolDown));
			// More than the whole cool-down is left only if the clock was set back.
			if (left.compareTo(Duration.ZERO) > 0 && left.compareTo(coolDown) <= 0) {
				throw new SnapshotRefusedException(Reason.COOLING_DOWN,
						"The last %s was asked for less than %d s ago. Ask again in %d s, or lower %s.".formatted(what,
								coolDown.toSeconds(), left.toSeconds() + 1, property),
						left);
			}
		}
	}

	static void ifTooLong(Duration predicted, @Nullable Duration limit, String property) {
		if (limit != null && predicted.compareTo(limit) > 0) {
			throw new SnapshotRefusedException(Reason.PAUSE_TOO_LONG,
					"The application would stand still for about %d ms, and %s allows %d ms."
						.formatted(predicted.toMillis(), property, limit.toMillis()),
					null);
		}
	}

}
