package io.leakwatch.core.operation;

import java.time.Instant;
import java.util.Comparator;

/**
 * Objects that were expected to be collected, and are still there.
 *
 * @param kind what they have in common
 * @param count how many there are
 * @param since since when the oldest should be gone
 */
public record Overdue(Kind kind, int count, Instant since) {

	static final Comparator<Overdue> MOST_FIRST = Comparator.comparingInt(Overdue::count)
		.reversed()
		.thenComparing((overdue) -> overdue.kind().className())
		.thenComparing((overdue) -> overdue.kind().why());

	Overdue and(Overdue other) {
		return new Overdue(this.kind, this.count + other.count,
				this.since.isBefore(other.since) ? this.since : other.since);
	}

	/**
	 * What expected objects have in common.
	 *
	 * @param className their class
	 * @param why what makes them expendable
	 * @param asked whether the application has said so, and not LeakWatch by itself
	 */
	public record Kind(String className, String why, boolean asked) {
	}

}
