package io.leakwatch.core.monitor;

import java.time.Duration;
import java.time.Instant;

import io.leakwatch.core.signal.HeapCollection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Suspicion}.
 */
class SuspicionTests {

	private static final long MEGABYTE = 1 << 20;

	private final Suspicion suspicion = new Suspicion(Duration.ofSeconds(10));

	private Instant now = Instant.EPOCH;

	@Test
	void holdsWhenTheHeapRisesInEachIntervalShouldHold() {
		collect(40, 41, 42, 43);
		assertThat(this.suspicion.holds(this.now)).isFalse();
		collect(44);
		assertThat(this.suspicion.holds(this.now)).isTrue();
	}

	@Test
	void holdsWhenTheHeapIsLevelShouldNotHold() {
		collect(40, 40, 40, 40, 40, 40, 40);
		assertThat(this.suspicion.holds(this.now)).isFalse();
	}

	@Test
	void holdsWhenTheHeapRisesAndFallsShouldNotHold() {
		collect(40, 44, 48, 40, 44, 48, 40, 44, 48, 40);
		assertThat(this.suspicion.holds(this.now)).isFalse();
	}

	@Test
	void holdsWhenTheRiseIsNoiseShouldNotHold() {
		for (int i = 0; i < 6; i++) {
			collected(40 * MEGABYTE + i * 10_000L);
			this.now = this.now.plusSeconds(10);
		}
		assertThat(this.suspicion.holds(this.now)).isFalse();
	}

	@Test
	void holdsWhenThereAreManyCollectionsInAnIntervalShouldGoByTheLowest() {
		for (int interval = 0; interval < 6; interval++) {
			collected((60 + 5 * interval) * MEGABYTE);
			this.now = this.now.plusSeconds(4);
			collected(40 * MEGABYTE);
			this.now = this.now.plusSeconds(6);
		}
		assertThat(this.suspicion.holds(this.now)).isFalse();
	}

	@Test
	void holdsWhenTheRiseWasLongAgoShouldNotHoldAnyMore() {
		collect(40, 41, 42, 43, 44, 40);
		assertThat(this.suspicion.holds(this.now)).isTrue();
		assertThat(this.suspicion.holds(this.now.plusSeconds(250))).isFalse();
	}

	private void collect(long... megabytes) {
		for (long each : megabytes) {
			collected(each * MEGABYTE);
			this.now = this.now.plusSeconds(10);
		}
	}

	private void collected(long usedBytes) {
		this.suspicion.collected(new HeapCollection(this.now, usedBytes, null));
	}

}
