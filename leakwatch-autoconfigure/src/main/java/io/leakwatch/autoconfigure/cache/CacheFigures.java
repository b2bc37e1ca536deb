package io.leakwatch.autoconfigure.cache;

import org.jspecify.annotations.Nullable;

/**
 * What a cache says of itself, as far as it does.
 *
 * @param type the class of the cache, as Spring names it
 * @param size the number of entries
 * @param maximumSize the number of entries that it may hold
 * @param boundedBy who set that maximum
 * @param hitRatio the share of reads that found an entry
 * @param evictions the number of entries that left by themselves
 * @param evictsBySizeOnly whether each of these left because the cache was full
 */
record CacheFigures(String type, @Nullable Long size, @Nullable Long maximumSize, BoundedBy boundedBy,
		@Nullable Double hitRatio, @Nullable Long evictions, boolean evictsBySizeOnly) {

	@Nullable Double fill() {
		Long size = this.size;
		Long maximumSize = this.maximumSize;
		return (size != null && maximumSize != null && maximumSize > 0) ? (double) size / maximumSize : null;
	}

}
