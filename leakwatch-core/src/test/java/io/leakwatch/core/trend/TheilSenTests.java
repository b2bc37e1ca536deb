package io.leakwatch.core.trend;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link TheilSen}.
 */
class TheilSenTests {

	@Test
	void slopePerSecondWhenLineShouldBeItsSlope() {
		TimeSeries series = new TimeSeries(20);
		for (int i = 0; i < 20; i++) {
			series.add(Instant.EPOCH.plusMillis(500L * i), 100 + 3 * i);
		}
		assertThat(TheilSen.slopePerSecond(series)).isCloseTo(6, within(1e-9));
	}

	@Test
	void slopePerSecondWhenMomentsAreUnevenShouldUseTheTimes() {
		TimeSeries series = new TimeSeries(8);
		for (int second : new int[] { 0, 1, 2, 30, 31, 500, 501, 900 }) {
			series.add(Instant.EPOCH.plusSeconds(second), -2 * second);
		}
		assertThat(TheilSen.slopePerSecond(series)).isCloseTo(-2, within(1e-9));
	}

	@Test
	void slopePerSecondWhenAFifthIsWrongShouldStayNear() {
		TimeSeries series = new TimeSeries(20);
		for (int i = 0; i < 20; i++) {
			series.add(Instant.EPOCH.plusSeconds(i), (i % 5 == 2) ? 1_000_000 : 10 * i);
		}
		assertThat(TheilSen.slopePerSecond(series)).isCloseTo(10, within(1.0));
	}

	@Test
	void slopePerSecondWhenPairsAreEvenInNumberShouldTakeTheMiddle() {
		TimeSeries series = new TimeSeries(4);
		double[] values = { 0, 1, 3, 7 };
		for (int i = 0; i < values.length; i++) {
			series.add(Instant.EPOCH.plusSeconds(i), values[i]);
		}
		// The six slopes are 1, 1.5, 2, 7/3, 3 and 4.
		assertThat(TheilSen.slopePerSecond(series)).isCloseTo((2 + 7 / 3.0) / 2, within(1e-9));
	}

	@Test
	void slopePerSecondWhenNoTwoMomentsDifferShouldBeZero() {
		TimeSeries series = new TimeSeries(3);
		assertThat(TheilSen.slopePerSecond(series)).isZero();
		series.add(Instant.EPOCH, 1);
		assertThat(TheilSen.slopePerSecond(series)).isZero();
		series.add(Instant.EPOCH, 2);
		assertThat(TheilSen.slopePerSecond(series)).isZero();
	}

	@Test
	void slopePerSecondWhenTheClockStepsBackShouldLeaveThosePairsOut() {
		TimeSeries series = new TimeSeries(4);
		series.add(Instant.EPOCH.plusSeconds(100), 0);
		series.add(Instant.EPOCH.plusSeconds(110), 10);
		series.add(Instant.EPOCH.plusSeconds(50), 20);
		series.add(Instant.EPOCH.plusSeconds(60), 30);
		assertThat(TheilSen.slopePerSecond(series)).isCloseTo(1, within(1e-9));
	}

}
