package io.leakwatch.core.trend;

import java.util.Random;
import java.util.stream.DoubleStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link RateRatio}.
 */
class RateRatioTests {

	@Test
	void deviationsWhenBothAreEqualShouldBeZero() {
		assertThat(RateRatio.deviations(0, 0)).isZero();
		assertThat(RateRatio.deviations(40, 40)).isZero();
	}

	@Test
	void deviationsShouldHaveTheSign() {
		assertThat(RateRatio.deviations(20, 40)).isNegative();
		assertThat(RateRatio.deviations(40, 20)).isEqualTo(-RateRatio.deviations(20, 40)).isPositive();
	}

	/** Counts that are normal enough: their deviations spread by about one. */
	@Test
	void deviationsWhenCountsDifferByChanceShouldSpreadByOne() {
		for (double mean : new double[] { 10, 100, 1_000 }) {
			Random random = new Random(1);
			double[] deviations = DoubleStream
				.generate(() -> RateRatio.deviations(count(random, mean), count(random, mean)))
				.limit(5_000)
				.toArray();
			double square = DoubleStream.of(deviations).map((each) -> each * each).average().orElseThrow();
			assertThat(Math.sqrt(square)).as("mean %s", mean).isCloseTo(1, within(0.1));
		}
	}

	private static double count(Random random, double mean) {
		return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
	}

}
