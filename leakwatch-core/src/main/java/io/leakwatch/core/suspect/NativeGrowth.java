package io.leakwatch.core.suspect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.leakwatch.core.signal.NativeMemory;
import io.leakwatch.core.signal.ProcessUsage;
import io.leakwatch.core.trend.TimeSeries;
import org.jspecify.annotations.Nullable;

/**
 * Watches the resident memory that the JVM does not account for. It is a noisy witness:
 * malloc takes memory in large pieces, keeps what was freed, and takes its time to find
 * its level, and whatever is loaded or started takes some beside what is accounted for.
 * So a lot is asked for: {@value #LEAST_GAIN_MEGABYTES} MB in all and
 * {@value #LEAST_MEGABYTES_PER_MINUTE} MB a minute, above all it ever had since the
 * warm-up, and more than goes along with threads, classes and direct buffers that grow.
 * Even then it is not told until a holder is found that grows with it, as a region of the
 * heap that is used for the first time looks the same, where the heap wanders over more
 * than it ever has in use at once. Without a holder it is a watch, once it has gained
 * more than that may be. For one thread.
 */
public final class NativeGrowth {

	static final int LEAST_GAIN_MEGABYTES = 16;

	static final int LEAST_MEGABYTES_PER_MINUTE = 1;

	private static final String SIGNAL = "process-memory";

	private static final String TRACKING = "native-memory-tracking";

	private static final double MEGABYTE = 1 << 20;

	/** In a shorter time, a single arena of malloc looks like growth. */
	private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(2);

	/** What grows by less than this, beside what is accounted for, goes along with it. */
	private static final double OVERHEAD = 0.5;

	private final GaugeGrowth growth = new GaugeGrowth(LEAST_GAIN_MEGABYTES * MEGABYTE, 0.05, 0.6);

	private final NativeCategories categories = new NativeCategories();

	private final TimeSeries accounted = new TimeSeries(GaugeGrowth.CAPACITY);

	private @Nullable Instant last;

	private double lowest = Double.POSITIVE_INFINITY;

	private long wideHeapBytes;

	/** The most there was before the points that are kept. */
	private double highestBefore = Double.NEGATIVE_INFINITY;

	/**
	 * A detector without points.
	 */
	public NativeGrowth() {
	}

	/**
	 * Takes a reading, unless the one before was just now.
	 * @param at its moment
	 * @param memory the memory
	 */
	public void add(Instant at, NativeMemory memory) {
		Instant before = this.last;
		if (before != null && !at.isBefore(before) && at.isBefore(before.plus(SHORTEST_INTERVAL))) {
			return;
		}
		this.last = at;
		TimeSeries points = this.growth.series();
		if (points.size() == GaugeGrowth.CAPACITY) {
			this.highestBefore = Math.max(this.highestBefore, points.value(0));
		}
		this.lowest = Math.min(this.lowest, memory.unaccountedBytes());
		this.wideHeapBytes = memory.wideHeapBytes();
		this.growth.add(at, memory.unaccountedBytes());
		this.accounted.add(at, memory.accountedBytes());
	}

	/**
	 * Takes what the JVM has taken for itself, where it tracks that.
	 * @param at the moment
	 * @param categories bytes by category, none where they are not tracked
	 */
	public void add(Instant at, Map<String, Long> categories) {
		this.categories.add(at, categories);
	}

	/**
	 * Whether it grows, so that it is worth to look for objects that keep it.
	 * @return whether it does
	 */
	public boolean isGrowing() {
		TimeSeries points = this.growth.series();
		return this.growth.trend().growing()
				&& this.growth.trend().slopePerMinute() >= LEAST_MEGABYTES_PER_MINUTE * MEGABYTE
				&& newest() >= this.highestBefore + LEAST_GAIN_MEGABYTES * MEGABYTE / 4
				&& points.gain() >= OVERHEAD * this.accounted.gain();
	}

	/**
	 * What is to be told.
	 * @param process the process now
	 * @param now the moment
	 * @return a finding of kind {@link SuspectKind#NATIVE_MEMORY}, or none; its
	 * confidence is 0 where the heap may be what grows, so that it needs another's
	 */
	public List<Finding> find(ProcessUsage process, Instant now) {
		if (!isGrowing()) {
			return List.of();
		}
		TimeSeries points = this.growth.series();
		double perMinute = this.growth.trend().slopePerMinute();
		String title = "Memory outside the Java heap grows by %s a minute, and the JVM does not account for it"
			.formatted(Counts.bytes(perMinute));
		String detail = "Resident memory that heap, classes, threads and direct buffers do not explain has gained %s over %d points in %d s"
			.formatted(Counts.bytes(points.gain()), points.size(), points.span().toSeconds());
		List<Evidence> evidence = new ArrayList<>();
		evidence.add(new Evidence(SIGNAL, detail, now));
		String tracked = this.categories.detail();
		if (tracked != null) {
			evidence.add(new Evidence(TRACKING, tracked, now));
		}
		Long limit = process.limitBytes();
		Long resident = process.rssBytes();
		if (limit != null && resident != null) {
			evidence.add(new Evidence(SIGNAL, forecast(limit, limit - resident, perMinute), now));
		}
		boolean probable = this.categories.isAnyProbable();
		return List.of(new Finding(SuspectKind.NATIVE_MEMORY, probable ? Severity.PROBABLE : Severity.WATCH,
				(probable || isBeyondTheHeap()) ? this.growth.trend().confidence() : 0, title, null, null, null, null,
				perMinute, List.copyOf(evidence),
				"Look for objects that have memory of their own and are not closed, as Deflater, Inflater and what native libraries give out; with -XX:NativeMemoryTracking=summary the JVM tells what it takes itself."));
	}

	private static String forecast(long limit, long left, double perMinute) {
		return "%s are left of the container's limit of %s, which this growth alone takes in %s minutes".formatted(
				Counts.bytes(Math.max(0, left)), Counts.bytes(limit),
				Counts.number(Math.round(Math.max(0, left) / perMinute)));
	}

	private boolean isBeyondTheHeap() {
		return newest() - this.lowest >= this.wideHeapBytes + LEAST_GAIN_MEGABYTES * MEGABYTE;
	}

	private double newest() {
		return this.growth.series().value(this.growth.series().size() - 1);
	}

}
