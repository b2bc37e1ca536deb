package io.leakwatch.core.suspect;

import java.util.Comparator;

import io.leakwatch.core.trend.TimeSeries;
import io.leakwatch.core.trend.Trend;
import io.leakwatch.heap.profile.ClassCount;

/**
 * A class whose instances get more from histogram to histogram.
 *
 * @param newest its count in the newest histogram
 * @param counts its counts in all that are kept
 * @param trend how it grows
 * @param origin where it comes from
 * @param proven whether its growth has survived old collections
 */
record GrowingClass(ClassCount newest, TimeSeries counts, Trend trend, ClassOrigin origin, boolean proven) {

	/** The most telling first. */
	static final Comparator<GrowingClass> TELLING_FIRST = Comparator.comparing(GrowingClass::origin)
		.thenComparing(Comparator.comparingDouble(GrowingClass::bytesPerMinute).reversed())
		.thenComparing(GrowingClass::className);

	private static final int MOST_MULTIPLE = 3;

	private static final double SAME_PACE = 1 / 7.0;

	String className() {
		return this.newest.className();
	}

	long count() {
		return this.newest.count();
	}

	double perMinute() {
		return this.trend.slopePerMinute();
	}

	double bytesPerMinute() {
		return perMinute() * this.newest.shallowBytes() / Math.max(1, this.newest.count());
	}

	/** The fewest instances in the histograms that are kept. */
	double lowest() {
		double lowest = this.counts.value(0);
		for (int i = 1; i < this.counts.size(); i++) {
			lowest = Math.min(lowest, this.counts.value(i));
		}
		return lowest;
	}

	/** Whether this class gains a small whole multiple of the other's gain. */
	boolean keepsPaceWith(GrowingClass other) {
		double ratio = this.counts.gain() / other.counts.gain();
		long multiple = Math.round(ratio);
		return multiple >= 1 && multiple <= MOST_MULTIPLE && Math.abs(ratio - multiple) <= multiple * SAME_PACE;
	}

}
