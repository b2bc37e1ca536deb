package io.leakwatch.core.trend;

import java.util.Arrays;

/**
 * The Theil–Sen slope: the median of the slopes through all pairs of points. Up to 29 %
 * of the points may be arbitrarily wrong before it is. Takes time and memory in
 * proportion to the square of the points.
 *
 * <p>
 * Source: H. Theil, "A rank-invariant method of linear and polynomial regression
 * analysis" (1950); P. K. Sen, "Estimates of the regression coefficient based on
 * Kendall's tau", JASA 63 (1968).
 */
final class TheilSen {

	private TheilSen() {
	}

	/**
	 * The slope per second.
	 * @return the slope; 0 where no two points differ in time
	 */
	static double slopePerSecond(TimeSeries series) {
		int n = series.size();
		double[] slopes = new double[n * (n - 1) / 2];
		int count = 0;
		for (int i = 0; i < n; i++) {
			for (int j = i + 1; j < n; j++) {
				double seconds = series.seconds(j) - series.seconds(i);
				if (seconds > 0) {
					slopes[count++] = (series.value(j) - series.value(i)) / seconds;
				}
			}
		}
		if (count == 0) {
			return 0;
		}
		Arrays.sort(slopes, 0, count);
		int middle = count / 2;
		return (count % 2 == 1) ? slopes[middle] : (slopes[middle - 1] + slopes[middle]) / 2;
	}

}
