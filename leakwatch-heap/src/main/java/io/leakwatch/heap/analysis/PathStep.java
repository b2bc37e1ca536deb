package io.leakwatch.heap.analysis;

/**
 * A step on the way from a GC root to an object.
 *
 * @param field how the object before refers to this one: the declaring class and the
 * field, {@code [*]} for a slot of an array; for the first step the kind of root, or the
 * static field that the way begins with
 * @param className the class of the object
 * @param id its id: its address in the JVM
 * @param length how many steps of the same field and class follow one another here, of
 * which this object is the last; mostly 1
 */
public record PathStep(String field, String className, long id, int length) {
}
