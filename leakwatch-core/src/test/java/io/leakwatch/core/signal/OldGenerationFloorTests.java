package io.leakwatch.core.signal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OldGenerationFloor}.
 */
class OldGenerationFloorTests {

	private final OldGenerationFloor floor = new OldGenerationFloor();

	private int second;

	@Test
	void nextWhenOccupancyFallsAndRisesAgainShouldTellTheLowest() {
		assertThat(feed(10, 14, 18, 13, 9, 8)).isEmpty();
		assertThat(feed(11)).containsExactly(8L);
		assertThat(this.floor.next(reading(12))).isNull();
	}

	@Test
	void nextShouldTellTheLowestReadingItself() {
		feed(30, 20);
		LiveHeap low = reading(10);
		assertThat(this.floor.next(low)).isNull();
		assertThat(this.floor.next(reading(15))).isSameAs(low);
	}

	@Test
	void nextWhenReadingsRepeatShouldTellTheNewestOfTheLowest() {
		feed(30, 10);
		LiveHeap newest = reading(10);
		this.floor.next(newest);
		assertThat(this.floor.next(reading(20))).isSameAs(newest);
	}

	@Test
	void nextWhenSawToothShouldTellEachFloorOnce() {
		assertThat(feed(5, 20, 35, 6, 20, 36, 22, 7, 21, 30, 8, 9)).containsExactly(6L, 7L, 8L);
	}

	@Test
	void nextWhenOnlyRisingShouldTellNothing() {
		assertThat(feed(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)).isEmpty();
	}

	@Test
	void nextWhenTheDipIsSmallShouldTellNothing() {
		long half = 1 << 19;
		List<Long> told = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			LiveHeap minimum = this.floor.next(new LiveHeap(Instant.EPOCH, (i % 2 == 0) ? 100 * half : 99 * half));
			if (minimum != null) {
				told.add(minimum.bytes());
			}
		}
		assertThat(told).isEmpty();
	}

	@Test
	void nextWhenSmallDipsAddUpShouldTellTheLowest() {
		assertThat(feed(20, 19)).isEmpty();
		long quarter = 1 << 18;
		long bytes = 19L << 20;
		for (int i = 0; i < 8; i++) {
			bytes -= quarter;
			assertThat(this.floor.next(new LiveHeap(Instant.EPOCH, bytes))).isNull();
		}
		assertThat(feed(18)).containsExactly(17L);
	}

	@Test
	void restartShouldForgetWhatWasBefore() {
		feed(30, 10);
		this.floor.restart(reading(5));
		assertThat(feed(6, 7, 8)).isEmpty();
		assertThat(feed(6, 9)).containsExactly(6L);
	}

	/** Feeds readings in megabytes, and gives what was told, in megabytes. */
	private List<Long> feed(int... megabytes) {
		List<Long> told = new ArrayList<>();
		for (int each : megabytes) {
			LiveHeap minimum = this.floor.next(reading(each));
			if (minimum != null) {
				told.add(minimum.bytes() >> 20);
			}
		}
		return told;
	}

	private LiveHeap reading(int megabytes) {
		return new LiveHeap(Instant.EPOCH.plusSeconds(this.second++), (long) megabytes << 20);
	}

}
