package io.leakwatch.core.suspect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link GaugeGrowth} and {@link HeapEvidence}.
 */
class GaugeGrowthTests {

	private final GaugeGrowth growth = new GaugeGrowth(5, 0.1, 0.5);

	private int ticks;

	@Test
	void severityWhenGrowthGoesOnShouldClimbTheLadder() {
		List<@Nullable Severity> severities = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			add(10 + i);
			severities.add(this.growth.severity());
		}
		assertThat(severities.subList(0, 7)).containsOnlyNulls();
		assertThat(severities.subList(7, 10)).containsOnly(Severity.WATCH);
		assertThat(severities.subList(10, 22)).containsOnly(Severity.PROBABLE);
		assertThat(severities.subList(22, 30)).containsOnly(Severity.CONFIRMED);
	}

	@Test
	void severityWhenGrowthEndsShouldBeNullAndBeginAnew() {
		for (int i = 0; i < 30; i++) {
			add(10 + i);
		}
		for (int i = 0; i < 60; i++) {
			add(40);
		}
		assertThat(this.growth.severity()).isNull();
		assertThat(this.growth.trend().growing()).isFalse();
		int i = 0;
		while (this.growth.severity() == null && i < 60) {
			add(40 + i++);
		}
		assertThat(this.growth.severity()).isEqualTo(Severity.WATCH);
	}

	/** The figure is measured: none of 200 services that are flat for 200 points. */
	@Test
	void severityWhenFlatWithNoiseShouldStayNull() {
		for (int seed = 0; seed < 200; seed++) {
			Random random = new Random(seed);
			GaugeGrowth flat = new GaugeGrowth(5, 0.1, 0.5);
			for (int i = 0; i < 200; i++) {
				flat.add(Instant.EPOCH.plusSeconds(15L * i), Math.round(100 + 3 * random.nextGaussian()));
				assertThat(flat.severity()).as("seed %d, point %d", seed, i).isNull();
			}
		}
	}

	@Test
	void seriesShouldHoldTheNewestSixtyPoints() {
		for (int i = 0; i < 100; i++) {
			add(i);
		}
		assertThat(this.growth.series().size()).isEqualTo(60);
		assertThat(this.growth.series().value(0)).isEqualTo(40);
		assertThat(this.growth.trend().slopePerMinute()).isCloseTo(4, within(1e-9));
	}

	@Test
	void heapEvidenceWhenGrowingShouldTellHowFast() {
		Instant last = Instant.EPOCH.plusSeconds(1000);
		assertThat(HeapEvidence.of(this.growth, last)).isNull();
		for (int i = 0; i < 20; i++) {
			add(1_000_000 * (10 + i));
		}
		HeapEvidence evidence = Objects.requireNonNull(HeapEvidence.of(this.growth, last));
		assertThat(evidence.bytesPerMinute()).isCloseTo(4_000_000, within(1.0));
		assertThat(evidence.points()).isEqualTo(20);
		assertThat(evidence.toEvidence()).isEqualTo(new Evidence("live-heap",
				"The live heap grows by 3.8 MB a minute, measured after 20 old collections", last));
		assertThat(evidence.toFinding().severity()).isEqualTo(Severity.WATCH);
		assertThat(evidence.toFinding().className()).isNull();
		assertThat(HeapEvidence.of(this.growth, null)).isNull();
	}

	private void add(double value) {
		this.growth.add(Instant.EPOCH.plusSeconds(15L * this.ticks++), value);
	}

}
