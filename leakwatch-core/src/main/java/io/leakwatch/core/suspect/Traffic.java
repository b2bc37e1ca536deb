package io.leakwatch.core.suspect;

import java.time.Duration;
import java.time.Instant;

import io.leakwatch.core.trend.TimeSeries;
import org.jspecify.annotations.Nullable;

/**
 * The requests that were served, which tell growth that merely follows the traffic:
 * sessions, connections and work under way are as many as the traffic of the moment
 * needs. A leak grows with the requests <em>so far</em>, and goes on when the traffic
 * does not rise any more. Holds {@value #CAPACITY} points. For one thread.
 */
final class Traffic {

	/** As many ticks as the slowest series of a holder sees. */
	private static final int CAPACITY = 960;

	/** Fewer requests in a third of the time tell too little. */
	private static final double LEAST_REQUESTS = 12;

	private static final double LEAST_RISE = 1.03;

	/**
	 * How much more than the traffic a size may rise: rates are compared over two thirds
	 * of the time, sizes over all of it, and not everything is just proportional.
	 */
	private static final double EXPONENT = 2.25;

	private final TimeSeries requests = new TimeSeries(CAPACITY);

	/**
	 * Takes the requests so far, where they are counted.
	 */
	void add(Instant at, @Nullable Long requestsSoFar) {
		if (requestsSoFar != null) {
			this.requests.add(at, requestsSoFar);
		}
	}

	/**
	 * Whether a size has risen no more than the traffic lets expect.
	 * @param span the time in which it did, up to now
	 * @param before the size before
	 * @param after the size now
	 */
	boolean explains(Duration span, double before, double after) {
		int last = this.requests.size() - 1;
		if (last < 3) {
			return false;
		}
		double now = this.requests.seconds(last);
		int from = last;
		while (from > 0 && now - this.requests.seconds(from - 1) <= span.toMillis() / 1000.0) {
			from--;
		}
		int third = (last - from) / 3;
		double early = this.requests.value(from + third) - this.requests.value(from);
		double late = this.requests.value(last) - this.requests.value(last - third);
		if (third == 0 || early < LEAST_REQUESTS || late < LEAST_REQUESTS) {
			return false;
		}
		double rise = (late / (now - this.requests.seconds(last - third)))
				/ (early / (this.requests.seconds(from + third) - this.requests.seconds(from)));
		return rise >= LEAST_RISE && after <= before * Math.pow(rise, EXPONENT);
	}

}
