package io.leakwatch.autoconfigure.cache;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One cache at the last tick.
 *
 * @param name the cache's name
 * @param bean the bean that it belongs to
 * @param type the class of the cache
 * @param size entries
 * @param maximumSize the most entries, {@code null} where unbounded or unknown
 * @param boundedBy {@code leakwatch}, {@code application} or {@code none}
 * @param fill the size as a share of the maximum, {@code null} without a maximum
 * @param hitRatio the share of look-ups that found something, {@code null} where not
 * recorded or not used yet
 * @param evictions entries evicted by size, {@code null} where not recorded
 * @param alert what is wrong, {@code null} where nothing is
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CacheReading(String name, String bean, String type, long size, @Nullable Long maximumSize,
		String boundedBy, @Nullable Double fill, @Nullable Double hitRatio, @Nullable Long evictions,
		@Nullable String alert) {
}
