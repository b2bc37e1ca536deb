package io.leakwatch.core.suspect;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Who holds most objects of a class, as a heap dump tells.
 *
 * @param className the class
 * @param holder who holds them
 * @param count how many it holds
 * @param retainedBytes what would be freed without the holder
 * @param at when the dump was taken
 * @param gained how many more it holds than at an earlier dump, {@code null} where there
 * is none
 * @param since when that was taken, {@code null} where there is none
 */
record DumpedHolder(String className, String holder, long count, long retainedBytes, Instant at, @Nullable Long gained,
		@Nullable Instant since) {

	private static final String SIGNAL = "heap-dump";

	private static final double LEAST_SHARE_OF_PACE = 0.5;

	/**
	 * Whether it holds ever more, as one dump after the other has it.
	 * @param growthPerMinute how fast something grows that it may hold, {@code null}
	 * where unknown
	 * @return whether the dumps show that growth
	 */
	boolean grows(@Nullable Double growthPerMinute) {
		if (this.gained == null || this.since == null || this.gained <= 0) {
			return false;
		}
		double minutes = Duration.between(this.since, this.at).toMillis() / 60_000.0;
		return growthPerMinute == null || this.gained >= LEAST_SHARE_OF_PACE * growthPerMinute * minutes;
	}

	Evidence toEvidence() {
		String held = "%s holds %s %s objects and retains %s".formatted(this.holder, Counts.number(this.count),
				HolderPath.simpleName(this.className), Counts.bytes(this.retainedBytes));
		return new Evidence(SIGNAL,
				(this.gained == null || this.since == null) ? held : "%s; %+,d since the dump %s s before"
					.formatted(held, this.gained, Duration.between(this.since, this.at).toSeconds()),
				this.at);
	}

}
