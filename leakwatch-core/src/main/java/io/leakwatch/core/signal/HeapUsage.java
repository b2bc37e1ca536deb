package io.leakwatch.core.signal;

import org.jspecify.annotations.Nullable;

/**
 * The Java heap now, garbage included.
 *
 * @param usedBytes bytes in use
 * @param maxBytes the most it may grow to, {@code null} where the JVM sets no limit
 */
public record HeapUsage(long usedBytes, @Nullable Long maxBytes) {
}
