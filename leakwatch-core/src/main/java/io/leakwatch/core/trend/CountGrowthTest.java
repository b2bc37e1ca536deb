package io.leakwatch.core.trend;

/**
 * Decides whether an exact count, such as the entries of a map, grows the way a leak
 * does. There is no noise of measurement in such a count, so that much less growth, and
 * much sooner, says as much as with {@link GrowthTest}. Looked at is what came since the
 * count was lowest. All of these must hold:
 * <ol>
 * <li>at least {@value Trend#MINIMUM_POINTS} points, a Mann–Kendall probability below
 * 0.002, and a least gain;</li>
 * <li>hardly anything is ever taken out: what is lost is no more than
 * {@value #LOST_SHARE} of what is gained;</li>
 * <li>it grows bit by bit: there are at least {@value #LEAST_RISES} rises, none of which
 * makes up more than {@value #LARGEST_RISE_SHARE} of the gain, and no pause takes more
 * than {@value #LONGEST_PAUSE_SHARE} of the time;</li>
 * <li>it still grows: the newest intervals run at {@value #TAIL_SHARE} of the mean or
 * more.</li>
 * </ol>
 * Growth is <em>even</em> if the last third of the time gained at least
 * {@value #EVEN_SHARE} of what the first third did, by a {@link RateRatio} that leaves
 * room for chance. A warm-up and a cache of unknown bound are not.
 *
 * @param minimumGain the least gain that matters
 */
public record CountGrowthTest(double minimumGain) {

	static final double LOST_SHARE = 0.05;

	static final int LEAST_RISES = 6;

	static final double LARGEST_RISE_SHARE = 0.45;

	static final double LONGEST_PAUSE_SHARE = 0.25;

	static final double TAIL_SHARE = 0.25;

	static final double EVEN_SHARE = 0.75;

	/** How far below that it may be, as few events differ by chance. */
	private static final double LEAST_DEVIATIONS = -0.25;

	private static final int TAIL_INTERVALS = 3;

	/** One interval without a rise is no pause yet. */
	private static final int PAUSE_INTERVALS = 2;

	/**
	 * Looks at a count. Most are told to be level in time in proportion to their points;
	 * the others take the square of it.
	 * @param series the points, warm-up left out
	 * @return the verdict
	 */
	public CountTrend assess(TimeSeries series) {
		int from = lastLowest(series);
		int points = series.size() - from;
		double gain = (points > 0) ? series.value(series.size() - 1) - series.value(from) : 0;
		if (points < Trend.MINIMUM_POINTS || gain < this.minimumGain || !isSteady(series, from, gain)) {
			return CountTrend.NONE;
		}
		TimeSeries run = series.tail(from);
		double pValue = MannKendall.pValue(run);
		Trend trend = new Trend(points, TheilSen.slopePerSecond(run), 1 - pValue, pValue < GrowthTest.SIGNIFICANCE);
		return new CountTrend(trend, isEven(run), gain, run.span());
	}

	private static int lastLowest(TimeSeries series) {
		int lowest = 0;
		for (int i = 1; i < series.size(); i++) {
			if (series.value(i) <= series.value(lowest)) {
				lowest = i;
			}
		}
		return lowest;
	}

	private static boolean isSteady(TimeSeries series, int from, double gain) {
		int last = series.size() - 1;
		double lost = 0;
		double largestRise = 0;
		int rises = 0;
		int longestPause = 0;
		int lastRise = from;
		for (int i = from + 1; i <= last; i++) {
			double rise = series.value(i) - series.value(i - 1);
			lost += Math.max(0, -rise);
			if (rise > 0) {
				largestRise = Math.max(largestRise, rise);
				longestPause = Math.max(longestPause, i - lastRise);
				lastRise = i;
				rises++;
			}
		}
		int allowedPause = Math.max(PAUSE_INTERVALS, (int) (LONGEST_PAUSE_SHARE * (last - from)));
		return rises >= LEAST_RISES && Math.max(longestPause, last - lastRise) <= allowedPause
				&& lost <= LOST_SHARE * (gain + lost) && largestRise <= LARGEST_RISE_SHARE * gain
				&& stillGrows(series, from, gain, Math.max(TAIL_INTERVALS, longestPause));
	}

	/**
	 * Whether the newest intervals keep up. There are as many of them as the longest
	 * pause took, since what comes in portions has pauses in between.
	 */
	private static boolean stillGrows(TimeSeries series, int from, double gain, int intervals) {
		int last = series.size() - 1;
		int tail = last - intervals;
		double share = (series.seconds(last) - series.seconds(tail)) / (series.seconds(last) - series.seconds(from));
		return series.value(last) - series.value(tail) >= TAIL_SHARE * share * gain;
	}

	private static boolean isEven(TimeSeries run) {
		int last = run.size() - 1;
		int third = last / 3;
		double early = run.value(third) - run.value(0);
		double late = run.value(last) - run.value(last - third);
		double seconds = run.seconds(third);
		if (seconds <= 0) {
			return false;
		}
		double expected = EVEN_SHARE * early * (run.seconds(last) - run.seconds(last - third)) / seconds;
		return RateRatio.deviations(late, expected) >= LEAST_DEVIATIONS;
	}

}
