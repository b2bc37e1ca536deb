package io.leakwatch.autoconfigure.cache;

import java.util.List;

import io.leakwatch.autoconfigure.event.CacheAlertEvent;

/**
 * Someone who keeps account of what {@link CacheWatch} finds. Called by the thread that
 * watches.
 */
interface CacheWatchListener {

	/**
	 * All caches have been read.
	 * @param readings the readings that are handed out, the largest cache first
	 */
	void read(List<CacheReading> readings);

	/**
	 * Entries have left a cache by themselves since it was last read.
	 * @param cacheName the name of the cache
	 * @param count the number of entries, greater than 0
	 */
	void evicted(String cacheName, long count);

	/**
	 * There is an alert.
	 * @param alert the alert
	 */
	void alerted(CacheAlertEvent alert);

}
