package io.leakwatch.core.profile;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Why an object is not collected: the objects from a GC root down to it, itself the last.
 *
 * @param rootKind what the root is, in the JVM's words: {@code Threads Stack Variable}
 * @param rootThread the thread whose local variable it is, {@code null} where unknown
 * @param steps the objects, at least one
 */
record RootChain(String rootKind, @Nullable String rootThread, List<ChainStep> steps) {
}
