package io.leakwatch.autoconfigure.cache;

import java.util.EnumSet;
import java.util.Set;

import io.leakwatch.autoconfigure.event.CacheAlertEvent.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of one cache over time. Used by one thread.
 *
 * <p>
 * <em>Fill</em> begins at the alert share of the maximum and ends a tenth of the maximum
 * below it, so that a cache whose size swings about the share raises one alert, not one
 * at each tick. <em>Eviction</em> is raised once in the life of a cache: that it was full
 * is the news, and a bounded cache that is full evicts all day.
 */
final class CacheAlerts {

	private static final double HYSTERESIS = 0.1;

	private final double beginsAt;

	private final double endsBelow;

	private boolean filling;

	private boolean evicted;

	private long evictionsSeen;

	CacheAlerts(double alertShare) {
		this.beginsAt = alertShare;
		// A very small share would otherwise never end.
		this.endsBelow = Math.max(alertShare - HYSTERESIS, alertShare / 2);
	}

	/**
	 * Takes note of a reading.
	 * @param figures the reading
	 * @return the alerts that it raises
	 */
	Set<Reason> raisedBy(CacheFigures figures) {
		Set<Reason> raised = EnumSet.noneOf(Reason.class);
		Double fill = figures.fill();
		if (fill == null) {
			return raised;
		}
		if (!this.filling && fill >= this.beginsAt) {
			this.filling = true;
			raised.add(Reason.FILL);
		}
		else if (this.filling && fill < this.endsBelow) {
			this.filling = false;
		}
		Long evictions = figures.evictions();
		if (!this.evicted && figures.evictsBySizeOnly() && evictions != null && evictions > 0) {
			this.evicted = true;
			raised.add(Reason.EVICTION);
		}
		return raised;
	}

	/**
	 * Takes note of the evictions.
	 * @param evictions the evictions so far
	 * @return those that are new since the last call
	 */
	long newEvictions(@Nullable Long evictions) {
		if (evictions == null || evictions <= this.evictionsSeen) {
			return 0;
		}
		long count = evictions - this.evictionsSeen;
		this.evictionsSeen = evictions;
		return count;
	}

	/**
	 * The alert that stands: none once the cache has emptied well below its share.
	 * @return the graver of the reasons
	 */
	@Nullable Reason standing() {
		if (!this.filling) {
			return null;
		}
		return this.evicted ? Reason.EVICTION : Reason.FILL;
	}

}
