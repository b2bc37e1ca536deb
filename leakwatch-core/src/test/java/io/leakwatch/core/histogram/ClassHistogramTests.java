package io.leakwatch.core.histogram;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.heap.profile.HeapProfile;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClassHistogram}, of this JVM.
 */
class ClassHistogramTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private final ClassHistogram histogram = new ClassHistogram(Clock.fixed(NOW, ZoneOffset.UTC));

	@Test
	void takeShouldCountTheInstancesThatAreHeld() {
		List<Held> held = new ArrayList<>();
		for (int i = 0; i < 1_000; i++) {
			held.add(new Held());
		}
		for (boolean liveOnly : new boolean[] { true, false }) {
			Histogram taken = this.histogram.take(liveOnly);
			HeapProfile profile = taken.profile();
			assertThat(taken.pause()).isPositive();
			assertThat(profile.find(Held.class.getName())).isNotNull()
				.satisfies((count) -> assertThat(count.count()).isEqualTo(held.size()))
				.satisfies((count) -> assertThat(count.shallowBytes()).isBetween(16_000L, 48_000L));
			assertThat(profile.takenAt()).isEqualTo(NOW);
		}
	}

	@Test
	void takeShouldCountTheWholeHeap() {
		HeapProfile profile = this.histogram.take(true).profile();
		assertThat(profile.classes()).hasSizeGreaterThan(300);
		assertThat(profile.find("[B")).isNotNull();
		assertThat(profile.find("java.lang.String")).isNotNull();
		assertThat(profile.totalShallowBytes()).isBetween(1L << 20, Runtime.getRuntime().maxMemory());
		assertThat(profile.totalCount()).isGreaterThan(10_000);
		assertThat(profile.classes()).noneMatch((each) -> each.className().contains("0x"));
	}

	@Test
	void takeWhenLiveOnlyShouldNotCountGarbage() {
		int made = 0;
		for (int i = 0; i < 1_000; i++) {
			made += new Dropped().hashCode() & 1;
		}
		assertThat(made).isNotNegative();
		assertThat(this.histogram.take(true).profile().find(Dropped.class.getName())).isNull();
	}

	/** What the test holds. */
	private static final class Held {

	}

	/** What the test drops. */
	private static final class Dropped {

	}

}
