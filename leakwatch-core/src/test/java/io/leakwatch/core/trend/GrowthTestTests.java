package io.leakwatch.core.trend;

import java.time.Instant;
import java.util.Random;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GrowthTest}, on series that are made from seeds. Where a bound is not
 * zero or all, it is the measured number and some room.
 */
class GrowthTestTests {

	private static final int SEEDS = 500;

	private static final int POINTS = 60;

	/** As the live heap is judged, with a unit of 1. */
	private static final GrowthTest HEAP = new GrowthTest(0.005, 0.03, 0.4);

	/** As thread groups are judged. */
	private static final GrowthTest THREADS = new GrowthTest(10, 0.2, 0.6);

	/** As the instances of a class are judged, with a unit of 1. */
	private static final GrowthTest CLASSES = new GrowthTest(0.005, 0.05, 0.8);

	private static final int CLASS_POINTS = 16;

	@ParameterizedTest
	@ValueSource(doubles = { 0.002, 0.01, 0.03, 0.1 })
	void assessWhenFlatShouldNotFindGrowth(double noise) {
		assertThat(found(HEAP, POINTS, (random) -> (i) -> 1 + noise * random.nextGaussian())).isZero();
		assertThat(found(CLASSES, CLASS_POINTS, (random) -> (i) -> 1 + noise * random.nextGaussian())).isZero();
		assertThat(found(THREADS, POINTS, (random) -> (i) -> Math.round(50 + 50 * noise * random.nextGaussian())))
			.isZero();
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0.002, 0.01, 0.03 })
	void assessWhenSawToothShouldNotFindGrowth(double noise) {
		for (int period : new int[] { 4, 5, 7, 10, 15, 20 }) {
			assertThat(found(HEAP, POINTS, (random) -> {
				int phase = random.nextInt(period);
				return (i) -> 1 + 0.3 * ((i + phase) % period) / period + noise * random.nextGaussian();
			})).as("period %d", period).isZero();
		}
	}

	/** With two teeth in all, and noise, few are taken for growth: 3 of 500 at worst. */
	@ParameterizedTest
	@ValueSource(doubles = { 0.002, 0.01, 0.03 })
	void assessWhenSawToothIsHalfAsLongAsTheSeriesShouldSeldomFindGrowth(double noise) {
		assertThat(found(HEAP, POINTS, (random) -> {
			int phase = random.nextInt(30);
			return (i) -> 1 + 0.3 * ((i + phase) % 30) / 30 + noise * random.nextGaussian();
		})).isLessThanOrEqualTo(SEEDS / 100);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0.002, 0.01, 0.03 })
	void assessWhenWaveShouldNotFindGrowth(double noise) {
		for (int period : new int[] { 5, 12, 20, 30, 40 }) {
			assertThat(found(HEAP, POINTS, (random) -> {
				double phase = random.nextDouble() * period;
				return (i) -> 1 + 0.2 * Math.sin(2 * Math.PI * (i + phase) / period) + noise * random.nextGaussian();
			})).as("period %d", period).isZero();
		}
	}

	/** At every length of what comes after the step, as a growing series shows it. */
	@ParameterizedTest
	@ValueSource(doubles = { 0.002, 0.01, 0.03 })
	void assessWhenStepShouldFindGrowthSeldomAndNotForLong(double noise) {
		int seeds = 100;
		int longest = 0;
		int everFound = 0;
		for (int seed = 0; seed < seeds; seed++) {
			Random random = new Random(seed);
			int stepAt = 10 + random.nextInt(60);
			TimeSeries series = new TimeSeries(POINTS);
			int streak = 0;
			boolean found = false;
			for (int i = 0; i < stepAt + POINTS; i++) {
				add(series, i, ((i < stepAt) ? 1 : 2) + noise * random.nextGaussian());
				streak = HEAP.assess(series).growing() ? streak + 1 : 0;
				longest = Math.max(longest, streak);
				found |= streak > 0;
			}
			everFound += found ? 1 : 0;
		}
		assertThat(everFound).isLessThanOrEqualTo(seeds / 20);
		assertThat(longest).isLessThan(4);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0.002, 0.01, 0.03 })
	void assessWhenWarmUpHasFlattenedOutShouldNotFindGrowth(double noise) {
		assertThat(found(HEAP, POINTS, (random) -> (i) -> 2 - Math.exp(-i / 8.0) + noise * random.nextGaussian()))
			.isZero();
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0.002, 0.01, 0.03 })
	void assessWhenRampHasEndedShouldNotFindGrowth(double noise) {
		assertThat(
				found(HEAP, POINTS, (random) -> (i) -> 1 + 0.5 * Math.min(1, i / 25.0) + noise * random.nextGaussian()))
			.isZero();
		assertThat(found(THREADS, POINTS, (random) -> (i) -> Math.min(200, 10 + 8L * i))).isZero();
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0.002, 0.01, 0.03 })
	void assessWhenFallingShouldNotFindGrowth(double noise) {
		assertThat(found(HEAP, POINTS, (random) -> (i) -> 3 - i / 30.0 + noise * random.nextGaussian())).isZero();
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, 0.002, 0.01, 0.03 })
	void assessWhenLeakShouldFindIt(double noise) {
		assertThat(found(HEAP, POINTS, (random) -> (i) -> 1 + 0.3 * i / POINTS + noise * random.nextGaussian()))
			.isGreaterThanOrEqualTo(SEEDS * 99 / 100);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, 0.002, 0.01 })
	void assessWhenSlowLeakShouldFindIt(double noise) {
		assertThat(found(HEAP, POINTS, (random) -> (i) -> 1 + 0.1 * i / POINTS + noise * random.nextGaussian()))
			.isGreaterThanOrEqualTo(SEEDS * 99 / 100);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, 0.002, 0.01, 0.03 })
	void assessWhenFlatThenLeakShouldFindIt(double noise) {
		assertThat(
				found(HEAP, POINTS, (random) -> (i) -> 1 + Math.max(0, i - 30) / 60.0 + noise * random.nextGaussian()))
			.isGreaterThanOrEqualTo(SEEDS * 99 / 100);
	}

	@Test
	void assessWhenLeakOfThreadsShouldFindIt() {
		assertThat(found(THREADS, POINTS, (random) -> (i) -> 10 + i)).isEqualTo(SEEDS);
		assertThat(found(THREADS, POINTS, (random) -> {
			int[] threads = { 10 };
			return (i) -> threads[0] += (random.nextDouble() < 0.5) ? 1 : 0;
		})).isGreaterThanOrEqualTo(SEEDS * 98 / 100);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, 0.002, 0.01 })
	void assessWhenLeakOfInstancesShouldFindIt(double noise) {
		assertThat(found(CLASSES, CLASS_POINTS, (random) -> (i) -> 1 + 0.05 * i + noise * random.nextGaussian()))
			.isEqualTo(SEEDS);
	}

	@Test
	void assessWhenRandomWalkOfInstancesShouldSeldomFindGrowth() {
		assertThat(found(CLASSES, CLASS_POINTS, (random) -> {
			double[] value = { 1 };
			return (i) -> value[0] += 0.02 * random.nextGaussian();
		})).isLessThanOrEqualTo(SEEDS * 3 / 100);
	}

	@Test
	void assessWhenTooFewPointsShouldNotDecide() {
		TimeSeries series = new TimeSeries(POINTS);
		for (int i = 0; i < Trend.MINIMUM_POINTS - 1; i++) {
			add(series, i, 1 + i);
		}
		Trend trend = HEAP.assess(series);
		assertThat(trend.decided()).isFalse();
		assertThat(trend.growing()).isFalse();
		add(series, Trend.MINIMUM_POINTS, 1 + Trend.MINIMUM_POINTS);
		trend = HEAP.assess(series);
		assertThat(trend.decided()).isTrue();
		assertThat(trend.growing()).isTrue();
		assertThat(trend.points()).isEqualTo(Trend.MINIMUM_POINTS);
		assertThat(trend.confidence()).isBetween(0.998, 1.0);
		assertThat(trend.slopePerMinute()).isEqualTo(60 * trend.slopePerSecond());
	}

	@Test
	void assessWhenEmptyShouldNotDecide() {
		assertThat(HEAP.assess(new TimeSeries(POINTS))).isEqualTo(new Trend(0, 0, 0, false));
	}

	@Test
	void assessWhenTheGainIsTooSmallShouldNotFindGrowth() {
		assertThat(found(new GrowthTest(100, 0, 0.5), 20, (random) -> (i) -> 1_000 + 5 * i)).isZero();
		assertThat(found(new GrowthTest(90, 0, 0.5), 20, (random) -> (i) -> 1_000 + 5 * i)).isEqualTo(SEEDS);
		assertThat(found(new GrowthTest(0, 0.1, 0.5), 20, (random) -> (i) -> 1_000 + 5 * i)).isZero();
		assertThat(found(new GrowthTest(0, 0.09, 0.5), 20, (random) -> (i) -> 1_000 + 5 * i)).isEqualTo(SEEDS);
	}

	/** In how many of the seeds growth is found at the last point. */
	private static int found(GrowthTest test, int points, Function<Random, Shape> shapes) {
		int found = 0;
		for (int seed = 0; seed < SEEDS; seed++) {
			Shape shape = shapes.apply(new Random(seed));
			TimeSeries series = new TimeSeries(points);
			for (int i = 0; i < points; i++) {
				add(series, i, shape.at(i));
			}
			found += test.assess(series).growing() ? 1 : 0;
		}
		return found;
	}

	private static void add(TimeSeries series, int index, double value) {
		series.add(Instant.EPOCH.plusSeconds(15L * index), value);
	}

	/** A value for each point. */
	private interface Shape {

		double at(int index);

	}

}
