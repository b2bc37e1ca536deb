package io.leakwatch.core.trend;

import java.util.HashMap;
import java.util.Map;

/**
 * The Mann–Kendall test for a monotone trend, one-sided for growth. It looks at nothing
 * but which of two points is higher, so that neither the shape of the growth nor an
 * outlier matters. The variance is corrected for ties, the statistic for continuity, and
 * the normal approximation is used, which is fair from eight points on. Takes time in
 * proportion to the square of the points.
 *
 * <p>
 * Source: H. B. Mann, "Nonparametric tests against trend", Econometrica 13 (1945); M. G.
 * Kendall, "Rank Correlation Methods" (1975).
 */
final class MannKendall {

	private MannKendall() {
	}

	/**
	 * How likely a series without a trend looks at least as much like growth as this one.
	 * @return a probability; 1 for fewer than three points
	 */
	static double pValue(TimeSeries series) {
		int n = series.size();
		if (n < 3) {
			return 1;
		}
		long s = 0;
		Map<Double, Integer> ties = new HashMap<>();
		for (int i = 0; i < n; i++) {
			ties.merge(series.value(i), 1, Integer::sum);
			for (int j = i + 1; j < n; j++) {
				s += Double.compare(series.value(j), series.value(i));
			}
		}
		double variance = spread(n);
		for (int tied : ties.values()) {
			variance -= spread(tied);
		}
		if (s <= 0 || variance <= 0) {
			return 1;
		}
		return upperTail((s - 1) / Math.sqrt(variance));
	}

	private static double spread(double n) {
		return n * (n - 1) * (2 * n + 5) / 18;
	}

	/**
	 * The standard normal distribution's upper tail, by Abramowitz and Stegun's formula
	 * 26.2.17 (error below 7.5e-8).
	 */
	static double upperTail(double z) {
		if (z < 0) {
			return 1 - upperTail(-z);
		}
		double t = 1 / (1 + 0.2316419 * z);
		double polynomial = t
				* (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
		return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * polynomial;
	}

}
