package io.leakwatch.core.trend;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link NonNegativeFit}.
 */
class NonNegativeFitTests {

	private static final double[] RISING = { 0, 1, 2, 3 };

	private static final double[] ARCHED = { 0, 5, 7, 8 };

	@Test
	void distanceWhenTheValuesAreASumShouldBeZero() {
		double[] sum = new double[4];
		for (int i = 0; i < sum.length; i++) {
			sum[i] = 9 + 2 * RISING[i] + 0.5 * ARCHED[i];
		}
		assertThat(NonNegativeFit.distance(sum, List.of(RISING, ARCHED))).isCloseTo(0, within(1e-6));
	}

	@Test
	void distanceWhenThereAreNoPartsShouldBeThatFromTheMean() {
		assertThat(NonNegativeFit.distance(new double[] { 1, 3, 1, 3 }, List.of())).isCloseTo(1, within(1e-9));
	}

	@Test
	void distanceWhenTheConstantWouldBeNegativeShouldBeThatFromZero() {
		assertThat(NonNegativeFit.distance(new double[] { -3, -3, -3 }, List.of())).isCloseTo(3, within(1e-9));
		assertThat(NonNegativeFit.distance(RISING, List.of(new double[] { 10, 11, 12, 13 }))).isGreaterThan(0.5);
	}

	@Test
	void distanceWhenAPartFallsShouldLeaveItOut() {
		double[] falling = { 3, 2, 1, 0 };
		assertThat(NonNegativeFit.distance(RISING, List.of(falling)))
			.isCloseTo(NonNegativeFit.distance(RISING, List.of()), within(1e-9));
		assertThat(NonNegativeFit.distance(RISING, List.of(new double[4], falling, RISING))).isCloseTo(0, within(1e-9));
	}

	@Test
	void distanceWhenThePartIsHighAndHardlyGrowsShouldStillFindTheMultiple() {
		double[] entries = { 9_000, 9_010, 9_040, 9_060 };
		double[] objects = { 27_500, 27_530, 27_620, 27_680 };
		assertThat(NonNegativeFit.distance(objects, List.of(entries))).isCloseTo(0, within(1e-6));
	}

	@Test
	void distanceShouldLeaveTheValuesAsTheyAre() {
		double[] values = { 1, 2, 4 };
		NonNegativeFit.distance(values, List.of(new double[] { 9, 10, 12 }));
		assertThat(values).containsExactly(1, 2, 4);
	}

}
