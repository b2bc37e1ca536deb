package io.leakwatch.core.trend;

import java.time.Duration;

/**
 * What an exact count says about growth.
 *
 * @param trend points, slope, confidence, and whether the count grows, all since it was
 * lowest
 * @param even whether it grows about as fast now as in the beginning, so that it does not
 * look like something that fills up
 * @param gain how many more there are than when it was lowest
 * @param span the time since then
 */
public record CountTrend(Trend trend, boolean even, double gain, Duration span) {

	static final CountTrend NONE = new CountTrend(new Trend(0, 0, 0, false), false, 0, Duration.ZERO);

}
