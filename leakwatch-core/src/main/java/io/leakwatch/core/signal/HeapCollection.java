package io.leakwatch.core.signal;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A garbage collection that has just ended: the moment at which a look at the heap sees
 * the least garbage.
 *
 * @param at its end
 * @param usedBytes the heap in use after it, garbage in the old generation included
 * @param live what it left, where it shows that the old generation was collected;
 * {@code null} for one that tells of the young generation only
 */
public record HeapCollection(Instant at, long usedBytes, @Nullable LiveHeap live) {
}
