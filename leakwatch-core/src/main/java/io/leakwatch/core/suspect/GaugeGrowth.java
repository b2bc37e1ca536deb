package io.leakwatch.core.suspect;

import java.time.Instant;

import io.leakwatch.core.trend.GrowthTest;
import io.leakwatch.core.trend.TimeSeries;
import io.leakwatch.core.trend.Trend;
import org.jspecify.annotations.Nullable;

/**
 * Watches one number for growth. Where a collection may lower the number (live heap,
 * loaded classes, direct buffers), it is to be fed only after old collections. Holds
 * {@value #CAPACITY} points. For one thread.
 */
public final class GaugeGrowth {

	/** How many points are held. */
	public static final int CAPACITY = 60;

	private static final int STREAK_TO_BE_PROBABLE = 4;

	private static final int STREAK_TO_BE_CONFIRMED = 16;

	private final TimeSeries series = new TimeSeries(CAPACITY);

	private final GrowthTest test;

	private Trend trend = new Trend(0, 0, 0, false);

	private int streak;

	/**
	 * A gauge without points.
	 * @param minimumGain the least gain that matters
	 * @param minimumShare the least gain that matters, as a share of the first point
	 * @param minimumNetShare the least share of net gain in all movement
	 */
	public GaugeGrowth(double minimumGain, double minimumShare, double minimumNetShare) {
		this.test = new GrowthTest(minimumGain, minimumShare, minimumNetShare);
	}

	/**
	 * Adds a point and looks at all again.
	 * @param at its moment
	 * @param value its value
	 */
	public void add(Instant at, double value) {
		this.series.add(at, value);
		this.trend = this.test.assess(this.series);
		// One noisy point halves what is known instead of ending it.
		this.streak = this.trend.growing() ? this.streak + 1 : this.streak / 2;
	}

	/**
	 * The trend of the points so far.
	 * @return the trend
	 */
	public Trend trend() {
		return this.trend;
	}

	/**
	 * The points.
	 * @return the series itself
	 */
	public TimeSeries series() {
		return this.series;
	}

	/**
	 * How sure the growth is, if the number is exact: nothing but a leak keeps it up, so
	 * that growth which goes on for point after point is proof by itself.
	 * @return the severity, or {@code null} where it does not grow
	 */
	public @Nullable Severity severity() {
		if (!this.trend.growing()) {
			return null;
		}
		if (this.streak >= STREAK_TO_BE_CONFIRMED) {
			return Severity.CONFIRMED;
		}
		return (this.streak >= STREAK_TO_BE_PROBABLE) ? Severity.PROBABLE : Severity.WATCH;
	}

	/**
	 * The value of the newest point.
	 * @return the value
	 */
	public double newest() {
		return this.series.value(this.series.size() - 1);
	}

	/**
	 * The severity, but no more than probable, for a number that follows the traffic too:
	 * a morning's ramp is no proof.
	 * @return the severity, or {@code null} where it does not grow
	 */
	public @Nullable Severity atMostProbable() {
		Severity severity = severity();
		return (severity == Severity.CONFIRMED) ? Severity.PROBABLE : severity;
	}

	/**
	 * How sure two views of one number are together. What collections leave has a weight
	 * of its own. What there is in between may be freed yet, unless a holder shows that
	 * it is kept, and is worth a look only once its growth has held for some points.
	 * @param afterCollections what collections have left
	 * @param now what there is at each tick
	 * @return the severity, or {@code null} where neither tells
	 */
	public static @Nullable Severity surer(GaugeGrowth afterCollections, GaugeGrowth now) {
		Severity proven = afterCollections.atMostProbable();
		Severity seen = now.severity();
		return (proven == null && seen != null && seen != Severity.WATCH) ? Severity.WATCH : proven;
	}

	/**
	 * Which of two views of one number is to be told.
	 * @param afterCollections what collections have left
	 * @param now what there is at each tick
	 * @return the one that tells
	 */
	public static GaugeGrowth telling(GaugeGrowth afterCollections, GaugeGrowth now) {
		return afterCollections.trend().growing() ? afterCollections : now;
	}

}
