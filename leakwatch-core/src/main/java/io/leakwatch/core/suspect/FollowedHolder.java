package io.leakwatch.core.suspect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.leakwatch.core.census.HolderSize;
import io.leakwatch.core.trend.CountTrend;
import io.leakwatch.core.trend.Trend;
import org.jspecify.annotations.Nullable;

/**
 * A holder that is looked at again and again. As long as it does not grow, only its last
 * size is kept (some 100 bytes); once it does, three series (some 3 KB): one with a point
 * each tick, one with the least of each four, which sees what grows slowly, and one with
 * the least of each sixteen, which sees through comings and goings. For one thread.
 */
final class FollowedHolder {

	private static final List<Integer> TICKS_PER_POINT = List.of(1, 4, 16);

	/** What has not grown for so long is level. */
	private static final int TICKS_TO_BE_LEVEL = 30;

	/** What grows after a pause of so long does not grow since its beginning. */
	private static final int TICKS_OF_PAUSE = 8;

	/** Of the most entries ever, what is no more than the usual comings and goings. */
	private static final double SHARE_HELD = 0.95;

	private HolderSize latest;

	private double lowest;

	private Instant lowestAt;

	/** The most entries ever, and of that what came before the growth of now. */
	private double highest;

	private double peak;

	private int looks = 1;

	private int ticksSinceRise;

	private int ticksSinceFall = TICKS_TO_BE_LEVEL;

	/** The finest first, none while it does not grow. */
	private List<HolderSeries> series = List.of();

	FollowedHolder(Instant at, HolderSize first) {
		this.latest = first;
		this.lowest = first.entries();
		this.lowestAt = at;
		this.highest = this.lowest;
	}

	/**
	 * Takes the next size.
	 * @param maySeries whether growth counts, and there is memory for series
	 */
	void add(Instant at, HolderSize size, Traffic traffic, boolean maySeries) {
		double entries = size.entries();
		double before = this.latest.entries();
		boolean afterPause = this.ticksSinceRise >= TICKS_OF_PAUSE || this.ticksSinceFall < TICKS_TO_BE_LEVEL;
		this.latest = size;
		this.looks++;
		this.ticksSinceRise = (entries > before) ? 0 : this.ticksSinceRise + 1;
		this.ticksSinceFall = (entries < before) ? 0 : this.ticksSinceFall + 1;
		if (!maySeries || entries <= this.lowest || this.ticksSinceRise >= TICKS_TO_BE_LEVEL) {
			restart(at, entries);
		}
		else {
			if (this.series.isEmpty()) {
				open(afterPause);
			}
			this.series.forEach((each) -> each.add(at, entries, this.peak, traffic));
		}
		this.highest = Math.max(this.highest, entries);
	}

	/** Gives up what was seen of growth. */
	void restart(Instant at, double entries) {
		this.lowest = entries;
		this.lowestAt = at;
		this.series = List.of();
	}

	private void open(boolean afterPause) {
		this.peak = (this.highest > this.lowest) ? this.highest : 0;
		this.series = TICKS_PER_POINT.stream()
			.map((ticks) -> new HolderSeries(ticks, afterPause, this.lowestAt, this.lowest))
			.toList();
	}

	/**
	 * What is to be told of it.
	 * @param patience how long growth must last to be more than a watch
	 * @return by the surest series, {@code null} where none grows
	 */
	@Nullable Growth growth(Duration patience) {
		Growth surest = null;
		for (HolderSeries each : this.series) {
			Severity severity = each.severity(patience);
			if (severity != null && (surest == null || severity.compareTo(surest.severity) > 0)) {
				surest = new Growth(severity, each.growth());
			}
		}
		return surest;
	}

	/** How fast it grows, 0 where it does not, {@code null} with too few looks. */
	@Nullable Double growthPerMinute() {
		for (HolderSeries each : this.series) {
			if (each.isGrowing()) {
				return each.growth().trend().slopePerMinute();
			}
		}
		return (this.looks >= Trend.MINIMUM_POINTS) ? 0.0 : null;
	}

	boolean isAsLargeAsEver() {
		return this.latest.entries() >= SHARE_HELD * this.highest;
	}

	HolderSize latest() {
		return this.latest;
	}

	/** Whether it begins to grow with this size. */
	boolean wantsSeries(HolderSize size) {
		return !hasSeries() && size.entries() > this.lowest;
	}

	boolean hasSeries() {
		return !this.series.isEmpty();
	}

	/** How little is lost with its series; the least is to go first. */
	int worth() {
		int held = this.series.stream().mapToInt(HolderSeries::heldTicks).max().orElse(0);
		return TICKS_TO_BE_LEVEL * held + Math.min(this.ticksSinceFall, TICKS_TO_BE_LEVEL)
				- Math.min(this.ticksSinceRise, TICKS_TO_BE_LEVEL);
	}

	/** How sure it is that a holder grows, and how it does. */
	record Growth(Severity severity, CountTrend trend) {
	}

}
