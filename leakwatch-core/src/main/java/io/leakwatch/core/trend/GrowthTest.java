package io.leakwatch.core.trend;

import java.util.Arrays;

/**
 * Decides whether a series grows the way a leak does. All of these must hold:
 * <ol>
 * <li>at least {@value Trend#MINIMUM_POINTS} points;</li>
 * <li>a Mann–Kendall probability below {@value #SIGNIFICANCE};</li>
 * <li>the gain matters: an absolute least gain, and a least share of the first
 * value;</li>
 * <li>little of the way up is lost again: the net gain is at least a given share of all
 * movement, which tells a ramp from a saw-tooth and from a wave;</li>
 * <li>no single rise makes up more than {@value #LARGEST_RISE_SHARE} of the gain, which
 * tells a ramp from a step, unless it took its share of the time, as where points are far
 * apart;</li>
 * <li>no saturation: over the thirds of the series, the later rise is at least
 * {@value #LATE_SHARE} of the earlier one. A warm-up and a cache that fills flatten out;
 * a leak does not.</li>
 * </ol>
 * In a long series, gain, movement and rises are those of the medians of {@value #BLOCKS}
 * equal stretches. Point by point, the movement of mere noise would add up with every
 * point and hide a slow leak.
 *
 * @param minimumGain the least gain that matters, in the series' unit
 * @param minimumShare the least gain that matters, as a share of the first value
 * @param minimumNetShare the least share of net gain in all movement, from 0 to 1
 */
public record GrowthTest(double minimumGain, double minimumShare, double minimumNetShare) {

	static final double SIGNIFICANCE = 0.002;

	static final double LATE_SHARE = 0.35;

	static final double LARGEST_RISE_SHARE = 0.45;

	static final int BLOCKS = 12;

	/**
	 * Looks at a series. Takes time in proportion to the square of its points.
	 * @param series the points, warm-up left out
	 * @return the verdict
	 */
	public Trend assess(TimeSeries series) {
		int points = series.size();
		double slope = TheilSen.slopePerSecond(series);
		double pValue = MannKendall.pValue(series);
		boolean growing = points >= Trend.MINIMUM_POINTS && pValue < SIGNIFICANCE && slope > 0
				&& isMaterialAndSteady(series) && !isSaturated(series);
		return new Trend(points, slope, 1 - pValue, growing);
	}

	private boolean isMaterialAndSteady(TimeSeries series) {
		int blocks = (series.size() < 2 * BLOCKS) ? series.size() : BLOCKS;
		double[] medians = new double[blocks];
		double[] seconds = new double[blocks];
		for (int i = 0; i < blocks; i++) {
			int from = i * series.size() / blocks;
			int to = (i + 1) * series.size() / blocks;
			medians[i] = median(series, from, to);
			seconds[i] = series.seconds((from + to - 1) / 2);
		}
		double gain = medians[blocks - 1] - medians[0];
		double movement = 0;
		for (int i = 1; i < blocks; i++) {
			double rise = medians[i] - medians[i - 1];
			double shareOfTime = (seconds[i] - seconds[i - 1]) / (seconds[blocks - 1] - seconds[0]);
			if (rise > gain * Math.max(LARGEST_RISE_SHARE, 2 * shareOfTime)) {
				return false;
			}
			movement += Math.abs(rise);
		}
		return gain >= Math.max(this.minimumGain, this.minimumShare * Math.abs(medians[0]))
				&& gain >= this.minimumNetShare * movement;
	}

	private static boolean isSaturated(TimeSeries series) {
		int third = series.size() / 3;
		double early = median(series, 0, third);
		double middle = median(series, third, series.size() - third);
		double late = median(series, series.size() - third, series.size());
		return late - middle < LATE_SHARE * (middle - early);
	}

	private static double median(TimeSeries series, int from, int to) {
		double[] values = new double[to - from];
		for (int i = from; i < to; i++) {
			values[i - from] = series.value(i);
		}
		Arrays.sort(values);
		int middle = values.length / 2;
		return (values.length % 2 == 1) ? values[middle] : (values[middle - 1] + values[middle]) / 2;
	}

}
