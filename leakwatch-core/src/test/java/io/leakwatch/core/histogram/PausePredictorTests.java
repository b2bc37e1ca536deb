package io.leakwatch.core.histogram;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PausePredictor}.
 */
class PausePredictorTests {

	private static final long GIGABYTE = 1L << 30;

	private final PausePredictor predictor = new PausePredictor(Duration.ofMillis(800));

	@Test
	void predictShouldBeInProportionToTheBytes() {
		assertThat(this.predictor.predict(GIGABYTE)).isEqualTo(Duration.ofMillis(800));
		assertThat(this.predictor.predict(GIGABYTE / 4)).isEqualTo(Duration.ofMillis(200));
		assertThat(this.predictor.predict(0)).isEqualTo(Duration.ZERO);
	}

	@Test
	void learnWhenSlowerShouldCountAtOnce() {
		this.predictor.learn(GIGABYTE / 2, Duration.ofSeconds(1));
		assertThat(this.predictor.predict(GIGABYTE)).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void learnWhenFasterShouldGoAQuarterOfTheWay() {
		this.predictor.learn(GIGABYTE, Duration.ofMillis(400));
		assertThat(this.predictor.predict(GIGABYTE)).isEqualTo(Duration.ofMillis(700));
		for (int i = 0; i < 50; i++) {
			this.predictor.learn(GIGABYTE, Duration.ofMillis(400));
		}
		assertThat(this.predictor.predict(GIGABYTE)).isBetween(Duration.ofMillis(400), Duration.ofMillis(401));
	}

	@Test
	void learnWhenTheHeapIsSmallShouldNotTakeTheFixedCostForARate() {
		this.predictor.learn(1 << 20, Duration.ofMillis(20));
		assertThat(this.predictor.predict(GIGABYTE)).isLessThan(Duration.ofMillis(800));
	}

	@Test
	void doubtWhenOneWalkWasVerySlowShouldComeNearHalfTheFirstRate() {
		PausePredictor predictor = new PausePredictor(Duration.ofMillis(1024));
		long megabytes = 200L << 20;
		predictor.learn(megabytes, Duration.ofSeconds(4));
		assertThat(predictor.predict(megabytes)).isEqualTo(Duration.ofSeconds(4));
		for (int i = 0; i < 100; i++) {
			predictor.doubt();
		}
		assertThat(predictor.predict(megabytes)).isBetween(Duration.ofMillis(100), Duration.ofMillis(130));
	}

	@Test
	void doubtWhenTheRateIsBelowHalfTheFirstShouldChangeNothing() {
		PausePredictor predictor = new PausePredictor(Duration.ofMillis(1024));
		long megabytes = 200L << 20;
		for (int i = 0; i < 10; i++) {
			predictor.learn(megabytes, Duration.ofMillis(20));
		}
		Duration before = predictor.predict(megabytes);
		predictor.doubt();
		assertThat(predictor.predict(megabytes)).isEqualTo(before);
	}

}
