package io.leakwatch.autoconfigure.cache;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.Assert;

/**
 * Properties of the caches that LeakWatch bounds and watches.
 */
@ConfigurationProperties("leakwatch.caches")
public class LeakWatchCacheProperties {

	/**
	 * What happens to a cache without a bound.
	 */
	private Mode mode = Mode.BOUND;

	/**
	 * Bounds of the caches that have no entry of their own.
	 */
	private final Defaults defaults = new Defaults();

	/**
	 * Bounds of single caches, by the name of the cache.
	 */
	private Map<String, Limits> byName = new LinkedHashMap<>();

	/**
	 * Share of its maximum size at which a cache raises an alert, greater than 0 and at
	 * most 1.
	 */
	private double alertShare = 0.8;

	/**
	 * Properties with their defaults.
	 */
	public LeakWatchCacheProperties() {
	}

	/**
	 * What happens to a cache without a bound.
	 * @return the mode
	 */
	public Mode getMode() {
		return this.mode;
	}

	/**
	 * Sets what happens to a cache without a bound.
	 * @param mode the mode
	 */
	public void setMode(Mode mode) {
		this.mode = mode;
	}

	/**
	 * Bounds of the caches that have no entry of their own.
	 * @return the bounds, to be changed in place
	 */
	public Defaults getDefaults() {
		return this.defaults;
	}

	/**
	 * Bounds of single caches.
	 * @return the bounds by the name of the cache
	 */
	public Map<String, Limits> getByName() {
		return this.byName;
	}

	/**
	 * Sets the bounds of single caches.
	 * @param byName the bounds by the name of the cache
	 */
	public void setByName(Map<String, Limits> byName) {
		this.byName = byName;
	}

	/**
	 * Share of its maximum size at which a cache raises an alert.
	 * @return a number greater than 0 and at most 1
	 */
	public double getAlertShare() {
		return this.alertShare;
	}

	/**
	 * Sets the share of its maximum size at which a cache raises an alert.
	 * @param alertShare a number greater than 0 and at most 1
	 */
	public void setAlertShare(double alertShare) {
		Assert.isTrue(alertShare > 0 && alertShare <= 1, () -> "'leakwatch.caches.alert-share' must be greater than 0 "
				+ "and at most 1 (0.8 is four fifths of the maximum), but is " + alertShare);
		this.alertShare = alertShare;
	}

	/**
	 * The bound of one cache.
	 * @param cacheName the name of the cache
	 * @return the number of entries that it may hold: its own, or else the default
	 */
	long maximumSize(String cacheName) {
		Limits own = this.byName.get(cacheName);
		Long maximumSize = (own != null) ? own.getMaximumSize() : null;
		return (maximumSize != null) ? maximumSize : this.defaults.getMaximumSize();
	}

	private static void requirePositive(long maximumSize) {
		Assert.isTrue(maximumSize > 0, () -> "'maximum-size' of a cache must be greater than 0 entries, but is "
				+ maximumSize + " (to leave caches without a bound, set 'leakwatch.caches.mode' to 'off')");
	}

	/** What happens to a cache without a bound. */
	public enum Mode {

		/** It gets one. */
		BOUND,

		/** It stays as it is, and is only watched. */
		OFF

	}

	/** Bounds of the caches that have no entry of their own. */
	public static class Defaults {

		/**
		 * Number of entries that a cache holds at most.
		 */
		private long maximumSize = 10_000;

		/**
		 * Bounds with their defaults.
		 */
		public Defaults() {
		}

		/**
		 * Number of entries that a cache holds at most.
		 * @return a count greater than 0
		 */
		public long getMaximumSize() {
			return this.maximumSize;
		}

		/**
		 * Sets the number of entries that a cache holds at most.
		 * @param maximumSize a count greater than 0
		 */
		public void setMaximumSize(long maximumSize) {
			requirePositive(maximumSize);
			this.maximumSize = maximumSize;
		}

	}

	/** Bounds of one cache. */
	public static class Limits {

		/**
		 * Number of entries that the cache holds at most.
		 */
		private @Nullable Long maximumSize;

		/**
		 * Bounds that are all left to the defaults.
		 */
		public Limits() {
		}

		/**
		 * Number of entries that the cache holds at most.
		 * @return a count greater than 0, or {@code null} for the default
		 */
		public @Nullable Long getMaximumSize() {
			return this.maximumSize;
		}

		/**
		 * Sets the number of entries that the cache holds at most.
		 * @param maximumSize a count greater than 0, or {@code null} for the default
		 */
		public void setMaximumSize(@Nullable Long maximumSize) {
			if (maximumSize != null) {
				requirePositive(maximumSize);
			}
			this.maximumSize = maximumSize;
		}

	}

}
