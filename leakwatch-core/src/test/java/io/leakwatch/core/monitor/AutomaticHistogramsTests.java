package io.leakwatch.core.monitor;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.leakwatch.core.SettableClock;
import io.leakwatch.core.histogram.ClassHistogram;
import io.leakwatch.core.histogram.Histogram;
import io.leakwatch.core.snapshot.SnapshotSettings;
import io.leakwatch.core.snapshot.Snapshots;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AutomaticHistograms}.
 */
class AutomaticHistogramsTests {

	private static final long MEGABYTE = 1 << 20;

	private final SettableClock clock = new SettableClock();

	private final ClassHistogram histogram = new ClassHistogram(this.clock);

	private final Snapshots snapshots = new Snapshots(this.histogram,
			new SnapshotSettings(Duration.ZERO, Duration.ZERO, null, 4), this.clock);

	@Test
	void isDueShouldBeSoonAtFirstThenSeldomAndEachIntervalUnderSuspicion() {
		AutomaticHistograms histograms = histograms(Duration.ofHours(1), "G1");
		for (int i = 0; i < 8; i++) {
			assertThat(histograms.isDue(false)).isTrue();
			assertThat(histograms.take(MEGABYTE)).isNotNull();
			assertThat(histograms.isDue(true)).isFalse();
			this.clock.advance(Duration.ofSeconds(10));
			assertThat(histograms.isDue(true)).isTrue();
			assertThat(histograms.isDue(false)).isFalse();
			this.clock.advance(Duration.ofSeconds((i < 7) ? 30 : 189));
		}
		assertThat(histograms.isDue(false)).isFalse();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(histograms.isDue(false)).isTrue();
	}

	@Test
	void isDueWhenTheClockWasSetBackShouldBeTrue() {
		AutomaticHistograms histograms = histograms(Duration.ofHours(1), "G1");
		histograms.take(MEGABYTE);
		this.clock.advance(Duration.ofHours(-1));
		assertThat(histograms.isDue(false)).isTrue();
	}

	@Test
	void takeWhenThePauseWouldBeTooLongShouldSayWhyAndTakeNone() {
		AutomaticHistograms histograms = histograms(Duration.ofMillis(700), "ZGC");
		assertThat(histograms.take(1_024 * MEGABYTE)).isNull();
		assertThat(histograms.heldBack()).contains("about 2800 ms, and leakwatch.max-pause allows 700 ms");
		assertThat(histograms.lastPause()).isZero();
		assertThat(histograms.isDue(false)).isTrue();
		assertThat(histograms(Duration.ofMillis(700), "G1").take(1_024 * MEGABYTE)).isNotNull();
	}

	@Test
	void offerShouldKeepItAsASnapshot() {
		AutomaticHistograms histograms = histograms(Duration.ofHours(1), "G1");
		Histogram taken = Objects.requireNonNull(histograms.take(MEGABYTE));
		assertThat(histograms.heldBack()).isNull();
		assertThat(histograms.lastPause()).isEqualTo(taken.pause()).isPositive();
		assertThat(this.snapshots.list()).isEmpty();
		histograms.offer(taken);
		assertThat(this.snapshots.list()).hasSize(1);
	}

	private AutomaticHistograms histograms(Duration maxPause, String collector) {
		MonitorSettings settings = new MonitorSettings(Duration.ofSeconds(10), Duration.ZERO, 1, maxPause, List.of(),
				List.of());
		Budget budget = new Budget(1, Duration.ofHours(1), System::nanoTime);
		return new AutomaticHistograms(settings, this.histogram, this.snapshots, budget,
				new ProbeRunner(budget, List.of(), System::nanoTime, System::nanoTime), this.clock, collector);
	}

}
