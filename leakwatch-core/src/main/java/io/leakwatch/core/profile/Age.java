package io.leakwatch.core.profile;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a sample's age tells. Where a service is busy, most objects that are there at a
 * moment are young and will go, and what was there before the growth began is no part of
 * it. What leaks is of every age since then: so a sample weighs by the square of the time
 * that it has survived, as there may be a hundred young ones for each that leaks, and
 * hardly anything if it was there before.
 *
 * @param since when the growth began
 * @param samplingSince when sampling began, before which there are no samples, unless by
 * somebody else's recording
 */
record Age(Instant since, Instant samplingSince) {

	private static final int FEWEST_KEPT = 9;

	private static final int FEWEST_OF_THIRD = 2;

	/** The weight of what was there before the growth began, and of what is just made. */
	private static final double LEAST = 0.002;

	/** Since when there are samples of what grows. */
	Instant begin() {
		return this.since.isAfter(this.samplingSince) ? this.since : this.samplingSince;
	}

	/**
	 * For how long nothing was given up of what some samples stand for: from the
	 * beginning to the youngest of them, each third of the time has at least a third of
	 * its even share. (There are none since the last collection. Evenly kept objects are
	 * not evenly sampled: a full queue of samples gives up old ones.)
	 * @param held samples that one holder holds
	 * @return the time, {@code null} where the samples do not show that
	 */
	@Nullable Duration keptFor(List<OldSample> held) {
		Instant begin = begin();
		List<Instant> allocated = held.stream().map(OldSample::allocated).filter((at) -> !at.isBefore(begin)).toList();
		Instant youngest = allocated.stream().max(Comparator.naturalOrder()).orElse(begin);
		Duration span = Duration.between(begin, youngest);
		int[] thirds = new int[3];
		for (Instant at : allocated) {
			thirds[(int) (3 * Duration.between(begin, at).toNanos() / (span.toNanos() + 1))]++;
		}
		int least = Math.min(thirds[0], Math.min(thirds[1], thirds[2]));
		boolean even = least >= FEWEST_OF_THIRD && 9 * least >= allocated.size();
		return (allocated.size() >= FEWEST_KEPT && even) ? span : null;
	}

	/** The weight of a sample, up to 1. */
	double weight(OldSample sample) {
		Instant begin = begin();
		double span = Duration.between(begin, sample.seen()).toNanos();
		double age = Duration.between(sample.allocated(), sample.seen()).toNanos();
		if (sample.allocated().isBefore(this.since) || span <= 0) {
			return LEAST;
		}
		double share = Math.min(1, age / span);
		return Math.max(LEAST, share * share);
	}

}
