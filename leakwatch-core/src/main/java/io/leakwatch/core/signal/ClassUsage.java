package io.leakwatch.core.signal;

import org.jspecify.annotations.Nullable;

/**
 * Loaded classes and where they live.
 *
 * @param metaspaceBytes bytes of class metadata in use, {@code null} on a JVM that has no
 * metaspace
 * @param loadedClasses classes loaded now
 */
public record ClassUsage(@Nullable Long metaspaceBytes, int loadedClasses) {
}
