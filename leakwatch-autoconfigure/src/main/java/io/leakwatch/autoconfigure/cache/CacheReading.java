package io.leakwatch.autoconfigure.cache;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One cache at the last tick. What is unknown is {@code null}.
 *
 * @param name the cache's name
 * @param bean the bean through which it was found: its manager, or itself
 * @param type the class of the cache
 * @param size entries, {@code null} where only the application's own code could tell
 * @param maximumSize the most entries, {@code null} where unbounded or unknown
 * @param boundedBy {@code leakwatch}, {@code application} or {@code none}
 * @param fill the size as a share of the maximum, {@code null} without a maximum
 * @param hitRatio the share of look-ups that found something, {@code null} where not
 * recorded or not used yet
 * @param evictions entries that left by themselves, {@code null} where not recorded
 * @param alert the reason of the alert that stands ({@code FILL} or {@code EVICTION}), or
 * {@code null}
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CacheReading(String name, String bean, String type, @Nullable Long size, @Nullable Long maximumSize,
		String boundedBy, @Nullable Double fill, @Nullable Double hitRatio, @Nullable Long evictions,
		@Nullable String alert) {
}
