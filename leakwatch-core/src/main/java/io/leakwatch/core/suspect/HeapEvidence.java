package io.leakwatch.core.suspect;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the live heap as a whole says for a leak on it.
 *
 * @param bytesPerMinute how fast it grows
 * @param confidence from 0 to 1
 * @param points how many old collections were looked at
 * @param lastAt the last of them
 */
public record HeapEvidence(double bytesPerMinute, double confidence, int points, Instant lastAt) {

	/**
	 * The evidence of a series of live heaps.
	 * @param growth the series
	 * @param lastAt the moment of its newest point
	 * @return the evidence, or {@code null} where the live heap does not grow
	 */
	public static @Nullable HeapEvidence of(GaugeGrowth growth, @Nullable Instant lastAt) {
		if (!growth.trend().growing() || lastAt == null) {
			return null;
		}
		return new HeapEvidence(growth.trend().slopePerMinute(), growth.trend().confidence(), growth.trend().points(),
				lastAt);
	}

	Evidence toEvidence() {
		return new Evidence("live-heap", "The live heap grows by %s a minute, measured after %d old collections"
			.formatted(Counts.bytes(this.bytesPerMinute), this.points), this.lastAt);
	}

	/** What can be said where no class explains the growth. */
	Finding toFinding() {
		String title = "The live heap grows by %s a minute; which class grows is not known yet"
			.formatted(Counts.bytes(this.bytesPerMinute));
		return new Finding(SuspectKind.HEAP, Severity.WATCH, this.confidence, title, null, null, null, null,
				this.bytesPerMinute, List.of(toEvidence()),
				"Take two snapshots with POST to the heapdump-diff endpoint, some minutes apart, and compare them.");
	}

}
