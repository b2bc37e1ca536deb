package io.leakwatch.core.trend;

import java.time.Duration;
import java.time.Instant;
import java.util.function.IntToDoubleFunction;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link CountGrowthTest}.
 */
class CountGrowthTestTests {

	private static final CountGrowthTest TEST = new CountGrowthTest(10);

	@Test
	void assessWhenOneIsAddedAtATimeShouldFindEvenGrowth() {
		CountTrend trend = assess(30, (tick) -> 100 + 2.0 * tick);
		assertThat(trend.trend().growing()).isTrue();
		assertThat(trend.even()).isTrue();
		assertThat(trend.gain()).isEqualTo(58);
		assertThat(trend.span()).isEqualTo(Duration.ofSeconds(29));
		assertThat(trend.trend().slopePerSecond()).isCloseTo(2, within(1e-9));
		assertThat(trend.trend().confidence()).isGreaterThan(0.999);
	}

	@Test
	void assessWhenThereAreTooFewPointsOrTooLittleGainShouldFindNothing() {
		assertThat(assess(7, (tick) -> 10.0 * tick).trend().growing()).isFalse();
		assertThat(assess(8, (tick) -> 10.0 * tick).trend().growing()).isTrue();
		assertThat(assess(30, (tick) -> 0.3 * tick).trend().growing()).isFalse();
		assertThat(assess(0, (tick) -> 0).trend().decided()).isFalse();
	}

	@Test
	void assessShouldBeginWhereTheCountWasLowestLast() {
		CountTrend trend = assess(40, (tick) -> 100 + Math.max(0, tick - 20));
		assertThat(trend.trend().growing()).isTrue();
		assertThat(trend.trend().points()).isEqualTo(20);
	}

	@Test
	void assessWhenMuchIsTakenOutAgainShouldFindNothing() {
		assertThat(assess(40, (tick) -> 10.0 * tick - ((tick % 2 == 0) ? 0 : 9)).trend().growing()).isTrue();
		assertThat(assess(40, (tick) -> 10.0 * tick - ((tick % 2 == 0) ? 0 : 12)).trend().growing()).isFalse();
	}

	@Test
	void assessWhenItComesInPortionsShouldFindGrowth() {
		assertThat(assess(60, (tick) -> 50.0 * Math.floorDiv(tick, 6)).trend().growing()).isTrue();
	}

	@Test
	void assessWhenItIsAStepShouldFindNothing() {
		assertThat(assess(40, (tick) -> (tick < 20) ? 0 : 1_000).trend().growing()).isFalse();
		assertThat(assess(40, (tick) -> tick + ((tick < 20) ? 0 : 1_000)).trend().growing()).isFalse();
	}

	@Test
	void assessWhenGrowthHasEndedShouldFindNothing() {
		assertThat(assess(40, (tick) -> 10.0 * Math.min(tick, 36)).trend().growing()).isFalse();
		assertThat(assess(40, (tick) -> 10.0 * Math.min(tick, 38)).trend().growing()).isTrue();
	}

	@Test
	void assessWhenGrowthSlowsDownShouldNotCallItEven() {
		CountTrend trend = assess(40, (tick) -> 10_000 * (1 - Math.exp(-tick / 20.0)));
		assertThat(trend.trend().growing()).isTrue();
		assertThat(trend.even()).isFalse();
	}

	@Test
	void assessWhenFewEventsComeAndGrowthIsEvenByChanceShouldLeaveRoom() {
		// Nine in the first third, seven in the last.
		int[] rises = { 3, 0, 3, 0, 3, 2, 2, 2, 2, 2, 3, 0, 2, 2, 0 };
		double[] counts = new double[rises.length + 1];
		for (int i = 0; i < rises.length; i++) {
			counts[i + 1] = counts[i] + rises[i];
		}
		assertThat(assess(counts.length, (tick) -> counts[tick]).even()).isTrue();
	}

	private static CountTrend assess(int points, IntToDoubleFunction count) {
		TimeSeries series = new TimeSeries(60);
		for (int i = 0; i < points; i++) {
			series.add(Instant.EPOCH.plusSeconds(i), count.applyAsDouble(i));
		}
		return TEST.assess(series);
	}

}
