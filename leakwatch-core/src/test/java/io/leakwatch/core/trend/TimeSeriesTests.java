package io.leakwatch.core.trend;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TimeSeries}.
 */
class TimeSeriesTests {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final TimeSeries series = new TimeSeries(3);

	@Test
	void addWhenFullShouldDropTheOldest() {
		for (int i = 0; i < 8; i++) {
			this.series.add(START.plusSeconds(10L * i), i);
		}
		assertThat(this.series.size()).isEqualTo(3);
		assertThat(this.series.value(0)).isEqualTo(5);
		assertThat(this.series.value(1)).isEqualTo(6);
		assertThat(this.series.value(2)).isEqualTo(7);
		assertThat(this.series.seconds(0)).isZero();
		assertThat(this.series.seconds(2)).isEqualTo(20);
		assertThat(this.series.span()).isEqualTo(Duration.ofSeconds(20));
		assertThat(this.series.gain()).isEqualTo(2);
	}

	@Test
	void spanAndGainWhenFewerThanTwoPointsShouldBeZero() {
		assertThat(this.series.span()).isEqualTo(Duration.ZERO);
		assertThat(this.series.gain()).isZero();
		this.series.add(START, 7);
		assertThat(this.series.size()).isOne();
		assertThat(this.series.span()).isEqualTo(Duration.ZERO);
		assertThat(this.series.gain()).isZero();
	}

	@Test
	void gainWhenFallingShouldBeNegative() {
		this.series.add(START, 7);
		this.series.add(START.plusMillis(1500), 4);
		assertThat(this.series.gain()).isEqualTo(-3);
		assertThat(this.series.span()).isEqualTo(Duration.ofMillis(1500));
	}

}
