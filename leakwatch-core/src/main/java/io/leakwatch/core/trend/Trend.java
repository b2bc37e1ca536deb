package io.leakwatch.core.trend;

/**
 * What a series says about growth.
 *
 * @param points how many points were looked at
 * @param slopePerSecond the robust slope
 * @param confidence from 0 to 1: one less the probability that a series without a trend
 * would look like this
 * @param growing whether the series grows steadily, materially and still
 */
public record Trend(int points, double slopePerSecond, double confidence, boolean growing) {

	/** The fewest points that a verdict needs. */
	public static final int MINIMUM_POINTS = 8;

	/**
	 * The slope per minute.
	 * @return the slope
	 */
	public double slopePerMinute() {
		return this.slopePerSecond * 60;
	}

	/**
	 * Whether there were points enough for a verdict, so that "not growing" means
	 * something.
	 * @return whether there is a verdict
	 */
	public boolean decided() {
		return this.points >= MINIMUM_POINTS;
	}

}
