package io.leakwatch.core.suspect;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import io.leakwatch.core.census.HolderSize;
import io.leakwatch.core.trend.CountTrend;

/**
 * A holder that grows now.
 *
 * @param size its last size
 * @param path the parts of its name
 * @param trend how it grows
 * @param severity how sure it is
 * @param declaring where the class comes from that has the field
 * @param elements where its elements come from, the JDK where that is unknown
 */
record GrowingHolder(HolderSize size, HolderPath path, CountTrend trend, Severity severity, ClassOrigin declaring,
		ClassOrigin elements) {

	/** The most telling first. */
	static final Comparator<GrowingHolder> TELLING_FIRST = Comparator.comparing(GrowingHolder::severity)
		.reversed()
		.thenComparing(GrowingHolder::nearest)
		.thenComparing(GrowingHolder::elements)
		.thenComparing((holder) -> holder.size.isEdge())
		.thenComparingInt((holder) -> holder.path.depth())
		.thenComparing(Comparator.comparingDouble(GrowingHolder::perMinute).reversed())
		.thenComparing((holder) -> holder.size.holder());

	/** Of two that hold one another, this many times as much is a leak of its own. */
	private static final double MOST_EACH = 64;

	/** Libraries keep much among themselves that grows for a while and ends. */
	private static final double LEAST_GAIN_OF_LIBRARIES = 128;

	private static final double SAME_PACE = 0.05;

	private static final int MOST_MULTIPLE = 4;

	static GrowingHolder of(HolderSize size, HolderPath path, FollowedHolder.Growth growth,
			List<String> applicationPackages) {
		String elementClass = size.elementClass();
		return new GrowingHolder(size, path, growth.trend(), growth.severity(),
				ClassOrigin.of(path.declaringClass(), applicationPackages),
				(elementClass != null) ? ClassOrigin.of(elementClass, applicationPackages) : ClassOrigin.JDK);
	}

	/** The nearer to the application of the class that has the field and the elements. */
	private ClassOrigin nearest() {
		return (this.elements.compareTo(this.declaring) < 0) ? this.elements : this.declaring;
	}

	double perMinute() {
		return this.trend.trend().slopePerMinute();
	}

	/**
	 * Whether it is to be told: little growth that has not held yet only where it is the
	 * application's.
	 */
	boolean isTelling() {
		return this.severity != Severity.WATCH || nearest() == ClassOrigin.APPLICATION
				|| this.trend.gain() >= LEAST_GAIN_OF_LIBRARIES;
	}

	/** Whether the other grows only because this one gets more entries that have it. */
	boolean explains(GrowingHolder other) {
		return other.path.isBelow(this.path) && other.perMinute() <= MOST_EACH * perMinute();
	}

	/** Whether both are the same leak, seen at two places. */
	boolean isOneWith(GrowingHolder other) {
		if (this.size.owner().equals(other.size.owner())) {
			return true;
		}
		boolean sameElements = this.size.elementClass() != null && this.elements != ClassOrigin.JDK
				&& Objects.equals(this.size.elementClass(), other.size.elementClass());
		boolean sameRoot = !this.path.root().equals("static") && this.path.root().equals(other.path.root());
		return (sameElements || sameRoot) && Pace.isSame(perMinute(), other.perMinute(), MOST_MULTIPLE, SAME_PACE);
	}

}
