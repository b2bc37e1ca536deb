package io.leakwatch.core.bound;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link BoundedMap} has counted since it was made.
 *
 * @param hits the reads that found an entry
 * @param misses the reads that found none
 * @param evictions the entries that had to leave because the map was full
 */
public record BoundedMapStatistics(long hits, long misses, long evictions) {

	/**
	 * The share of reads that found an entry.
	 * @return a number from 0 to 1, or {@code null} where nothing has been read yet
	 */
	public @Nullable Double hitRatio() {
		long reads = this.hits + this.misses;
		return (reads > 0) ? (double) this.hits / reads : null;
	}

}
