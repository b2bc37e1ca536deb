package io.leakwatch.core.monitor;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import io.leakwatch.core.signal.HeapUsage;
import io.leakwatch.core.signal.LiveHeap;
import io.leakwatch.core.signal.ProcessUsage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link HeapGrowth}.
 */
class HeapGrowthTests {

	private static final long MEGABYTE = 1 << 20;

	private static final HeapUsage HEAP = new HeapUsage(800 * MEGABYTE, 1_000 * MEGABYTE);

	private static final ProcessUsage NO_LIMIT = new ProcessUsage(900 * MEGABYTE, 880 * MEGABYTE, null, 10L);

	private final HeapGrowth growth = new HeapGrowth();

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	@Test
	void describeWhenGrowingShouldForecastAndCountByRequests() {
		for (int i = 0; i <= 20; i++) {
			collect(100 + 10 * i, 2_000L * i);
		}
		Report.Heap heap = this.growth.describe(HEAP, NO_LIMIT, "G1", true, this.now);
		assertThat(heap.usedBytes()).isEqualTo(800 * MEGABYTE);
		assertThat(heap.liveBytes()).isEqualTo(300 * MEGABYTE);
		assertThat(heap.maxBytes()).isEqualTo(1_000 * MEGABYTE);
		assertThat(heap.collector()).isEqualTo("G1");
		assertThat(heap.growthBytesPerMinute()).isCloseTo(10.0 * MEGABYTE, within(1.0));
		assertThat(heap.growthBytesPerThousandRequests()).isCloseTo(5.0 * MEGABYTE, within(1.0));
		assertThat(heap.confidence()).isGreaterThan(0.999);
		// 700 MB are left, at 10 MB a minute.
		assertThat(heap.exhaustionAt()).isEqualTo(this.now.plusSeconds(70 * 60));
		assertThat(Objects.requireNonNull(this.growth.evidence()).lastAt()).isEqualTo(this.now);
		assertThat(this.growth.isLevel()).isFalse();
	}

	@Test
	void describeWhenLevelShouldForecastNothing() {
		for (int i = 0; i <= 20; i++) {
			collect(100 + i % 2, null);
		}
		Report.Heap heap = this.growth.describe(HEAP, NO_LIMIT, "G1", true, this.now);
		assertThat(this.growth.isLevel()).isTrue();
		assertThat(this.growth.evidence()).isNull();
		assertThat(heap.exhaustionAt()).isNull();
		assertThat(heap.growthBytesPerThousandRequests()).isNull();
		assertThat(heap.growthBytesPerMinute()).isNotNull();
	}

	@Test
	void describeWhenThereAreTooFewPointsShouldTellNoGrowth() {
		Report.Heap none = this.growth.describe(HEAP, NO_LIMIT, "G1", true, this.now);
		assertThat(none.liveBytes()).isNull();
		for (int i = 0; i < 7; i++) {
			collect(100 + 10 * i, 100L * i);
		}
		Report.Heap heap = this.growth.describe(HEAP, NO_LIMIT, "G1", true, this.now);
		assertThat(heap.liveBytes()).isEqualTo(160 * MEGABYTE);
		assertThat(heap.growthBytesPerMinute()).isNull();
		assertThat(heap.growthBytesPerThousandRequests()).isNull();
		assertThat(heap.exhaustionAt()).isNull();
		assertThat(this.growth.isLevel()).isFalse();
	}

	@Test
	void describeWhenTheRequestCounterWasResetShouldTellNoGrowthByRequests() {
		for (int i = 0; i <= 20; i++) {
			collect(100 + 10 * i, 10_000L - i);
		}
		assertThat(this.growth.describe(HEAP, NO_LIMIT, "G1", true, this.now).growthBytesPerThousandRequests())
			.isNull();
	}

	@Test
	void describeWhenTheHeapHasNoLimitOrIsFullShouldForecastAccordingly() {
		for (int i = 0; i <= 20; i++) {
			collect(100 + 10 * i, null);
		}
		assertThat(this.growth.describe(new HeapUsage(1, null), NO_LIMIT, "G1", true, this.now).exhaustionAt())
			.isNull();
		assertThat(
				this.growth.describe(new HeapUsage(1, 200 * MEGABYTE), NO_LIMIT, "G1", true, this.now).exhaustionAt())
			.isEqualTo(this.now);
		assertThat(
				this.growth.describe(new HeapUsage(1, Long.MAX_VALUE), NO_LIMIT, "G1", true, this.now).exhaustionAt())
			.isNull();
	}

	@Test
	void describeWhenTheContainerIsFullBeforeTheHeapShouldForecastThat() {
		for (int i = 0; i <= 20; i++) {
			collect(100 + 10 * i, null);
		}
		this.growth.used(HEAP);
		// 800 MB of heap are resident and 100 MB are left: 900 MB can be reached.
		assertThat(forecast(HEAP, 880, 980, "G1")).isEqualTo(this.now.plusSeconds(60 * 60));
		assertThat(forecast(new HeapUsage(700 * MEGABYTE, null), 880, 980, "G1"))
			.isEqualTo(this.now.plusSeconds(60 * 60));
		assertThat(forecast(HEAP, 880, 5_000, "G1")).isEqualTo(this.now.plusSeconds(70 * 60));
		assertThat(forecast(HEAP, 80, 980, "ZGC")).isEqualTo(this.now.plusSeconds(60 * 60));
	}

	@Test
	void describeWhenMoreThanTheLimitIsResidentShouldForecastWithinWhatTheHeapHas() {
		for (int i = 0; i <= 20; i++) {
			collect(100 + 10 * i, null);
		}
		this.growth.used(HEAP);
		assertThat(forecast(HEAP, 1_000, 980, "G1")).isEqualTo(this.now.plusSeconds(50 * 60));
	}

	@Test
	void isFillingWhenACacheFillsAtTheSamePaceShouldBeTrue() {
		for (int i = 0; i <= 20; i++) {
			collect(100 + 10 * i, null, Map.of("quotes", 5_000L * i));
		}
		assertThat(this.growth.isFilling()).isTrue();
		assertThat(this.growth.describe(HEAP, NO_LIMIT, "G1", false, this.now).exhaustionAt()).isNull();
	}

	@Test
	void isFillingWhenTheCacheIsFullShouldBeFalse() {
		for (int i = 0; i <= 20; i++) {
			collect(100 + 10 * i, null, Map.of("quotes", Math.min(10_000L, 5_000L * i)));
		}
		assertThat(this.growth.isFilling()).isFalse();
	}

	@Test
	void latestWhenNotAddedShouldBeToldWithoutBeingJudged() {
		this.growth.latest(new LiveHeap(this.now, 7));
		assertThat(this.growth.liveBytes()).isEqualTo(7);
		assertThat(this.growth.isLevel()).isFalse();
		assertThat(this.growth.evidence()).isNull();
	}

	private @Nullable Instant forecast(HeapUsage heap, long residentMegabytes, long limitMegabytes, String collector) {
		ProcessUsage process = new ProcessUsage(null, residentMegabytes * MEGABYTE, limitMegabytes * MEGABYTE, null);
		return this.growth.describe(heap, process, collector, true, this.now).exhaustionAt();
	}

	private void collect(long megabytes, @Nullable Long requests) {
		collect(megabytes, requests, Map.of());
	}

	private void collect(long megabytes, @Nullable Long requests, Map<String, Long> cacheEntries) {
		this.now = this.now.plusSeconds(60);
		LiveHeap live = new LiveHeap(this.now, megabytes * MEGABYTE);
		this.growth.latest(live);
		this.growth.add(live, requests, cacheEntries);
	}

}
