package io.leakwatch.autoconfigure.event;

import java.time.Instant;

/**
 * The event that a cache is nearly full, or has lost an entry because it was full. It is
 * published on LeakWatch's own thread, so a listener should be short.
 *
 * @param cacheName the name of the cache
 * @param beanName the bean through which the cache was found: its manager, or itself
 * @param reason what happened
 * @param size the number of entries at that moment
 * @param maximumSize the number of entries that the cache may hold
 * @param at the moment at which it was noticed
 */
public record CacheAlertEvent(String cacheName, String beanName, Reason reason, long size, long maximumSize,
		Instant at) {

	/** Why there is an alert. */
	public enum Reason {

		/** The cache holds a large share of the entries that it may hold. */
		FILL,

		/** The cache was full and let an entry go, for the first time. */
		EVICTION

	}

}
