package io.leakwatch.core.suspect;

import java.time.Duration;
import java.time.Instant;

import io.leakwatch.core.census.HolderSize;
import io.leakwatch.core.trend.CountTrend;
import io.leakwatch.core.trend.Trend;
import org.jspecify.annotations.Nullable;

/**
 * A holder that is looked at again and again. As long as it does not grow, only its last
 * size is kept (some 100 bytes); once it does, two series (some 2 KB): one with a point
 * each tick, and one with the least of each {@value #TICKS_OF_COARSE} ticks, which sees
 * through comings and goings, and sees what grows slowly. For one thread.
 */
final class FollowedHolder {

	private static final int TICKS_OF_COARSE = 4;

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

	private @Nullable HolderSeries fine;

	private @Nullable HolderSeries coarse;

	private int coarseTicks;

	private double coarseLowest;

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
			if (this.fine == null) {
				open(afterPause, traffic);
			}
			grow(at, entries, traffic);
		}
		this.highest = Math.max(this.highest, entries);
	}

	/** Gives up what was seen of growth. */
	void restart(Instant at, double entries) {
		this.lowest = entries;
		this.lowestAt = at;
		this.fine = null;
		this.coarse = null;
	}

	private void open(boolean afterPause, Traffic traffic) {
		this.peak = (this.highest > this.lowest) ? this.highest : 0;
		this.fine = new HolderSeries(afterPause);
		this.fine.add(this.lowestAt, this.lowest, this.peak, traffic);
		this.coarse = new HolderSeries(afterPause);
		this.coarse.add(this.lowestAt, this.lowest, this.peak, traffic);
		this.coarseTicks = 0;
	}

	private void grow(Instant at, double entries, Traffic traffic) {
		HolderSeries fineSeries = this.fine;
		HolderSeries coarseSeries = this.coarse;
		if (fineSeries == null || coarseSeries == null) {
			return;
		}
		fineSeries.add(at, entries, this.peak, traffic);
		this.coarseLowest = (this.coarseTicks == 0) ? entries : Math.min(this.coarseLowest, entries);
		if (++this.coarseTicks == TICKS_OF_COARSE) {
			coarseSeries.add(at, this.coarseLowest, this.peak, traffic);
			this.coarseTicks = 0;
		}
	}

	/**
	 * What is to be told of it.
	 * @param patience how long growth must last to be more than a watch
	 * @return the surer of both series, {@code null} where neither grows
	 */
	@Nullable Growth growth(Duration patience) {
		Growth byFine = growth(this.fine, patience);
		Growth byCoarse = growth(this.coarse, patience);
		if (byFine == null || byCoarse == null) {
			return (byFine != null) ? byFine : byCoarse;
		}
		return (byCoarse.severity.compareTo(byFine.severity) > 0) ? byCoarse : byFine;
	}

	private static @Nullable Growth growth(@Nullable HolderSeries series, Duration patience) {
		Severity severity = (series != null) ? series.severity(patience) : null;
		return (series != null && severity != null) ? new Growth(severity, series.growth()) : null;
	}

	/** How fast it grows, 0 where it does not, {@code null} with too few looks. */
	@Nullable Double growthPerMinute() {
		HolderSeries fineSeries = this.fine;
		HolderSeries coarseSeries = this.coarse;
		if (fineSeries != null && fineSeries.isGrowing()) {
			return fineSeries.growth().trend().slopePerMinute();
		}
		if (coarseSeries != null && coarseSeries.isGrowing()) {
			return coarseSeries.growth().trend().slopePerMinute();
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
		return this.fine == null && size.entries() > this.lowest;
	}

	boolean hasSeries() {
		return this.fine != null;
	}

	/** How little is lost with its series; the least is to go first. */
	int worth() {
		int streak = (this.fine != null) ? this.fine.streak() : 0;
		int coarseStreak = (this.coarse != null) ? TICKS_OF_COARSE * this.coarse.streak() : 0;
		return TICKS_TO_BE_LEVEL * Math.max(streak, coarseStreak) + Math.min(this.ticksSinceFall, TICKS_TO_BE_LEVEL)
				- Math.min(this.ticksSinceRise, TICKS_TO_BE_LEVEL);
	}

	/** How sure it is that a holder grows, and how it does. */
	record Growth(Severity severity, CountTrend trend) {
	}

}
