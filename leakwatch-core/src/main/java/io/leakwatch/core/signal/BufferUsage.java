package io.leakwatch.core.signal;

import org.jspecify.annotations.Nullable;

/**
 * Byte buffers of one kind: memory outside the heap that lives as long as its buffer
 * object.
 *
 * @param count buffers
 * @param usedBytes bytes they hold
 * @param maxBytes the most they may hold together, {@code null} where unknown
 */
public record BufferUsage(long count, long usedBytes, @Nullable Long maxBytes) {
}
