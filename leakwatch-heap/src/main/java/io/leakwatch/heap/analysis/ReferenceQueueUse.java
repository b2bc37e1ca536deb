package io.leakwatch.heap.analysis;

/**
 * A reference queue that is not empty.
 *
 * @param id its id: its address in the JVM
 * @param className its class
 * @param length how many references wait in it
 * @param holder who holds it, in words
 */
public record ReferenceQueueUse(long id, String className, long length, String holder) {
}
