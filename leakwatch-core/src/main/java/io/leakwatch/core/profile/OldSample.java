package io.leakwatch.core.profile;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An object that was sampled when it was allocated, and was still there when the samples
 * were read.
 *
 * @param className its class
 * @param allocated when it was allocated
 * @param seen when it was still there
 * @param stack the code that allocated it, the innermost first
 * @param chain why it is there, {@code null} where the JVM was not asked or did not find
 * it
 */
record OldSample(String className, Instant allocated, Instant seen, List<CodeLine> stack, @Nullable RootChain chain) {
}
