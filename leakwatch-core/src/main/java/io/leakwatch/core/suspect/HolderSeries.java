package io.leakwatch.core.suspect;

import java.time.Duration;
import java.time.Instant;

import io.leakwatch.core.trend.CountGrowthTest;
import io.leakwatch.core.trend.CountTrend;
import io.leakwatch.core.trend.TimeSeries;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one holder at one pace of looking, and how long their growth has held. A
 * point is the least of some ticks. Holds {@value #CAPACITY} points. For one thread.
 */
final class HolderSeries {

	static final int CAPACITY = 60;

	private static final double LEAST_GAIN = 16;

	private static final double LEAST_GAIN_TO_BE_PROBABLE = 30;

	/** With the points before, this makes twelve. */
	private static final int POINTS_TO_BE_TOLD = 4;

	/** With the points before, this makes twenty. */
	private static final int STREAK_TO_BE_PROBABLE = 12;

	/**
	 * What was level for a while and then grows is a batch of work more often than what
	 * grows since it is watched.
	 */
	private static final int STREAK_AFTER_PAUSE = 22;

	/** A point that is the least of so many ticks has seen comings and goings end. */
	private static final int TICKS_OF_TROUGHS = 16;

	/** With the points before, this makes sixteen. */
	private static final int STREAK_OF_TROUGHS = 8;

	/** Below this, what was probable is so no more. */
	private static final int STREAK_TO_STAY_PROBABLE = 3;

	/** With a very short interval, a load of some seconds would have points enough. */
	private static final Duration SHORTEST_RUN = Duration.ofSeconds(25);

	private static final CountGrowthTest TEST = new CountGrowthTest(LEAST_GAIN);

	private final TimeSeries entries = new TimeSeries(CAPACITY);

	private final int ticksPerPoint;

	private final int streakToBeProbable;

	/** Of the point that is under way. */
	private int ticks;

	private double least;

	private CountTrend trend = TEST.assess(this.entries);

	private CountTrend lastGrowth = this.trend;

	private int streak;

	/** For how many points on end it has been growing. */
	private int growingPoints;

	/** Whether there are clearly more entries than there ever were before this series. */
	private boolean abovePeak;

	/** Whether it was told as probable, and there is no reason to take that back. */
	private boolean probable;

	/**
	 * A series that begins with a point.
	 * @param ticksPerPoint of how many ticks the least is a point
	 * @param afterPause whether the holder was level, or went down, before this
	 * @param at the moment of the first point
	 * @param count the entries then
	 */
	HolderSeries(int ticksPerPoint, boolean afterPause, Instant at, double count) {
		this.ticksPerPoint = ticksPerPoint;
		this.streakToBeProbable = (ticksPerPoint >= TICKS_OF_TROUGHS) ? STREAK_OF_TROUGHS
				: afterPause ? STREAK_AFTER_PAUSE : STREAK_TO_BE_PROBABLE;
		this.entries.add(at, count);
	}

	/**
	 * Takes the size of a tick, and looks at all again where it completes a point.
	 * @param at its moment
	 * @param count the entries
	 * @param peak the most entries there were before this series
	 * @param traffic what may explain its growth
	 */
	void add(Instant at, double count, double peak, Traffic traffic) {
		this.least = (this.ticks == 0) ? count : Math.min(this.least, count);
		if (++this.ticks == this.ticksPerPoint) {
			this.ticks = 0;
			addPoint(at, this.least, peak, traffic);
		}
	}

	private void addPoint(Instant at, double count, double peak, Traffic traffic) {
		this.entries.add(at, count);
		this.trend = TEST.assess(this.entries);
		this.abovePeak = count >= peak + LEAST_GAIN;
		boolean sound = isGrowing() && this.trend.even() && this.trend.gain() >= LEAST_GAIN_TO_BE_PROBABLE
				&& this.abovePeak && !traffic.explains(this.trend.span(), count - this.trend.gain(), count);
		// One bad point halves what is known instead of ending it.
		this.streak = sound ? this.streak + 1 : this.streak / 2;
		this.growingPoints = isGrowing() ? this.growingPoints + 1 : 0;
		if (isGrowing()) {
			this.lastGrowth = this.trend;
		}
	}

	/**
	 * How sure the growth is. To be asked with the same patience each time.
	 * @param patience how long it must last to be more than a watch
	 * @return the severity, {@code null} where it does not grow
	 */
	@Nullable Severity severity(Duration patience) {
		Duration least = (patience.compareTo(SHORTEST_RUN) > 0) ? patience : SHORTEST_RUN;
		this.probable = (this.streak >= this.streakToBeProbable && this.lastGrowth.span().compareTo(least) >= 0)
				|| (this.probable && this.streak >= STREAK_TO_STAY_PROBABLE);
		if (this.probable) {
			return Severity.PROBABLE;
		}
		// A queue that fills up to a batch again and again is not worth a look.
		return (this.growingPoints >= POINTS_TO_BE_TOLD && this.abovePeak) ? Severity.WATCH : null;
	}

	boolean isGrowing() {
		return this.trend.trend().growing();
	}

	/** How it grows, or did when it last grew. */
	CountTrend growth() {
		return this.lastGrowth;
	}

	/** For how many ticks it has held. */
	int heldTicks() {
		return this.streak * this.ticksPerPoint;
	}

}
