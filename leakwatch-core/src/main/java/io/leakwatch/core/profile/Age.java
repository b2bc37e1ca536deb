package io.leakwatch.core.profile;

import java.time.Duration;
import java.time.Instant;

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

	/** The weight of what was there before the growth began, and of what is just made. */
	private static final double LEAST = 0.002;

	/** The weight of a sample, up to 1. */
	double weight(OldSample sample) {
		Instant begin = this.since.isAfter(this.samplingSince) ? this.since : this.samplingSince;
		double span = Duration.between(begin, sample.seen()).toNanos();
		double age = Duration.between(sample.allocated(), sample.seen()).toNanos();
		if (sample.allocated().isBefore(this.since) || span <= 0) {
			return LEAST;
		}
		double share = Math.min(1, age / span);
		return Math.max(LEAST, share * share);
	}

}
