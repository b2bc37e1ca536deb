package io.leakwatch.heap.profile;

/**
 * The instances of one class at one moment.
 *
 * @param className the binary name as the JVM's histogram writes it; arrays as {@code [B}
 * or {@code [Ljava.lang.String;}
 * @param count the number of instances
 * @param shallowBytes the bytes of the instances themselves, without what they refer to
 */
public record ClassCount(String className, long count, long shallowBytes) {
}
