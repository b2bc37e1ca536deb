package io.leakwatch.core.signal;

import java.time.Instant;

/**
 * The heap in use right after an old collection: what is live, and as much garbage as
 * that collection left.
 *
 * @param at the end of the collection
 * @param bytes bytes in use
 */
public record LiveHeap(Instant at, long bytes) {
}
