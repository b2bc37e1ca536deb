package io.leakwatch.core.signal;

import org.jspecify.annotations.Nullable;

/**
 * What the operating system says of this process. Each part is {@code null} where it
 * cannot be told.
 *
 * @param rssBytes resident memory
 * @param anonymousBytes the part of it that no file backs
 * @param limitBytes the memory limit of the container, {@code null} where there is none
 * @param openFiles open file descriptors
 */
public record ProcessUsage(@Nullable Long rssBytes, @Nullable Long anonymousBytes, @Nullable Long limitBytes,
		@Nullable Long openFiles) {
}
