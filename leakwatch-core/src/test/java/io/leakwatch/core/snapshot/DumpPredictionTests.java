package io.leakwatch.core.snapshot;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DumpPrediction}.
 */
class DumpPredictionTests {

	private static final long GIGABYTE = 1L << 30;

	private final DumpPrediction prediction = new DumpPrediction();

	@Test
	void predictionWhenNothingIsKnownShouldBeOnTheSafeSide() {
		assertThat(this.prediction.pause(GIGABYTE, null)).isEqualTo(Duration.ofSeconds(9));
		assertThat(this.prediction.bytes(GIGABYTE)).isBetween(GIGABYTE, 2 * GIGABYTE);
	}

	@Test
	void pauseWhenTheObjectsAreFewShouldBeShorter() {
		SnapshotTotals largeArrays = new SnapshotTotals(10, 1000, GIGABYTE);
		SnapshotTotals smallObjects = new SnapshotTotals(10, GIGABYTE / 24, GIGABYTE);
		assertThat(this.prediction.pause(GIGABYTE, largeArrays)).isBetween(Duration.ofSeconds(2),
				Duration.ofSeconds(3));
		assertThat(this.prediction.pause(GIGABYTE, smallObjects)).isGreaterThan(Duration.ofSeconds(9));
		assertThat(this.prediction.pause(GIGABYTE, new SnapshotTotals(0, 0, 0))).isEqualTo(Duration.ofSeconds(9));
	}

	@Test
	void learnShouldBringPredictionsNearerToWhatWasMeasured() {
		for (int i = 0; i < 20; i++) {
			this.prediction.learn(GIGABYTE, null, Duration.ofSeconds(3), GIGABYTE);
		}
		assertThat(this.prediction.pause(GIGABYTE, null)).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3200));
		assertThat(this.prediction.bytes(GIGABYTE)).isBetween(GIGABYTE, GIGABYTE + (10 << 20));
		this.prediction.learn(GIGABYTE, null, Duration.ofSeconds(30), 2 * GIGABYTE);
		assertThat(this.prediction.pause(GIGABYTE, null)).as("what was slower counts at once")
			.isBetween(Duration.ofMillis(29_900), Duration.ofMillis(30_100));
		assertThat(this.prediction.bytes(GIGABYTE)).isBetween(2 * GIGABYTE - 1, 2 * GIGABYTE + 1);
	}

	@Test
	void bytesWhenTheHeapIsSmallShouldCountWhatEveryDumpHas() {
		assertThat(this.prediction.bytes(0)).isGreaterThan(16 << 20);
	}

}
