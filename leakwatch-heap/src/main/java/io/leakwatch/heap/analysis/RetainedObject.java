package io.leakwatch.heap.analysis;

/**
 * An object that retains much.
 *
 * @param id its id: its address in the JVM
 * @param className its class
 * @param retainedBytes what would be freed if it were gone
 * @param dominatorId the object without which it could not be reached, 0 where no single
 * object is
 */
public record RetainedObject(long id, String className, long retainedBytes, long dominatorId) {
}
