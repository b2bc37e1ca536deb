package io.leakwatch.core.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.leakwatch.core.signal.HeapUsage;
import io.leakwatch.core.signal.LiveHeap;
import io.leakwatch.core.signal.ProcessUsage;
import io.leakwatch.core.suspect.CacheFilling;
import io.leakwatch.core.suspect.GaugeGrowth;
import io.leakwatch.core.suspect.HeapEvidence;
import io.leakwatch.core.trend.TimeSeries;
import io.leakwatch.core.trend.Trend;
import org.jspecify.annotations.Nullable;

/**
 * Follows the live heap from one old collection to the next.
 */
final class HeapGrowth {

	/** What must be gained over the points that are kept, before it is told as growth. */
	private static final double LEAST_GAIN_BYTES = 1 << 20;

	private static final double LEAST_GAIN_SHARE = 0.03;

	/** Farther than this, a forecast says nothing. */
	private static final Duration FARTHEST_FORECAST = Duration.ofDays(365);

	private final GaugeGrowth growth = new GaugeGrowth(LEAST_GAIN_BYTES, LEAST_GAIN_SHARE, 0.4);

	private final TimeSeries requests = new TimeSeries(GaugeGrowth.CAPACITY);

	private final CacheFilling cacheFilling = new CacheFilling(GaugeGrowth.CAPACITY);

	private @Nullable LiveHeap latest;

	private boolean filling;

	private int oldCollections;

	/** The most of the heap that was seen in use: so much of it is resident. */
	private long peakBytes;

	void latest(LiveHeap live) {
		this.latest = live;
		this.oldCollections++;
	}

	/** How many old collections there were since the start. */
	int oldCollections() {
		return this.oldCollections;
	}

	/**
	 * Adds a point.
	 * @param live the live heap
	 * @param requestCount the requests served so far
	 * @param cacheEntries the entries that each cache of a known bound had then
	 */
	void add(LiveHeap live, @Nullable Long requestCount, Map<String, Long> cacheEntries) {
		this.growth.add(live.at(), live.bytes());
		this.cacheFilling.add(cacheEntries);
		this.filling = this.growth.trend().growing() && this.cacheFilling.explainsBytes(this.growth.series());
		if (requestCount != null) {
			this.requests.add(live.at(), requestCount);
		}
	}

	boolean isLevel() {
		return this.growth.trend().decided() && !this.growth.trend().growing();
	}

	/** Whether it grows as caches do that fill up. */
	boolean isFilling() {
		return this.filling;
	}

	@Nullable Long liveBytes() {
		LiveHeap live = this.latest;
		return (live != null) ? live.bytes() : null;
	}

	@Nullable HeapEvidence evidence() {
		LiveHeap live = this.latest;
		return HeapEvidence.of(this.growth, (live != null) ? live.at() : null);
	}

	void used(HeapUsage heap) {
		this.peakBytes = Math.max(this.peakBytes, heap.usedBytes());
	}

	/**
	 * What is told of the heap.
	 * @param heap the heap
	 * @param process the process, whose container may end it before the heap is full
	 * @param collector the garbage collector
	 * @param forecast whether its growth would go on until it is full
	 * @param now the moment
	 */
	Report.Heap describe(HeapUsage heap, ProcessUsage process, String collector, boolean forecast, Instant now) {
		Trend trend = this.growth.trend();
		Double perMinute = trend.decided() ? trend.slopePerMinute() : null;
		Instant full = forecast ? exhaustionAt(reach(heap, process, collector), trend, now) : null;
		return new Report.Heap(heap.usedBytes(), liveBytes(), heap.maxBytes(), perMinute, perThousandRequests(trend),
				trend.confidence(), full, collector);
	}

	private @Nullable Double perThousandRequests(Trend trend) {
		double counted = this.requests.gain();
		if (!trend.decided() || counted <= 0) {
			return null;
		}
		double gained = trend.slopePerSecond() * this.requests.span().toMillis() / 1000;
		return gained / (counted / 1000);
	}

	/** How large the heap can get: to its maximum, or to the limit of the container. */
	private @Nullable Long reach(HeapUsage heap, ProcessUsage process, String collector) {
		Long limit = process.limitBytes();
		Long resident = process.anonymousBytes();
		Long maximum = heap.maxBytes();
		if (limit == null || resident == null) {
			return maximum;
		}
		// ZGC has its heap in memory that the kernel counts as a file's.
		long resides = collector.equals("ZGC") ? 0 : this.peakBytes;
		long reach = resides + Math.max(0, limit - resident);
		return (maximum != null) ? Long.valueOf(Math.min(maximum, reach)) : Long.valueOf(reach);
	}

	private @Nullable Instant exhaustionAt(@Nullable Long reach, Trend trend, Instant now) {
		LiveHeap live = this.latest;
		if (!trend.growing() || live == null || reach == null) {
			return null;
		}
		double seconds = Math.max(0, (reach - live.bytes()) / trend.slopePerSecond());
		if (seconds >= FARTHEST_FORECAST.toSeconds()) {
			return null;
		}
		Instant full = live.at().plusSeconds(Math.round(seconds));
		return full.isBefore(now) ? now : full;
	}

}
