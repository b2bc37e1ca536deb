package io.leakwatch.heap.analysis;

/**
 * A container with many entries.
 *
 * @param id its id: its address in the JVM
 * @param className its class
 * @param entryCount its entries
 * @param retainedBytes what would be freed if it were gone
 * @param holder who holds it, in words
 */
public record LargeCollection(long id, String className, long entryCount, long retainedBytes, String holder) {
}
