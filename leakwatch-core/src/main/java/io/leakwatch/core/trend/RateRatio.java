package io.leakwatch.core.trend;

/**
 * Compares how often something happened in two stretches of time, where both numbers are
 * counts of single events. The square root of such a count has about the same spread
 * whatever its mean is, so the difference of two roots tells how many standard deviations
 * they are apart.
 *
 * <p>
 * Source: F. J. Anscombe, "The transformation of Poisson, binomial and negative-binomial
 * data", Biometrika 35 (1948).
 */
final class RateRatio {

	/** What Anscombe adds to a count, which makes the spread even at small ones. */
	private static final double ADDEND = 0.375;

	private RateRatio() {
	}

	/**
	 * How far a count is above what is expected.
	 * @param count the events that were counted
	 * @param expected the events to expect, by another count
	 * @return standard deviations of the difference of two counts, negative for below
	 */
	static double deviations(double count, double expected) {
		// The variance of each root is a quarter, that of their difference a half.
		return (root(count) - root(expected)) * Math.sqrt(2);
	}

	private static double root(double count) {
		return Math.sqrt(Math.max(0, count) + ADDEND);
	}

}
