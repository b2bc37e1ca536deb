package io.leakwatch.core.histogram;

import java.time.Duration;

import io.leakwatch.heap.profile.HeapProfile;

/**
 * A class histogram, and what it cost.
 *
 * @param profile what was counted
 * @param pause how long the JVM took to count, which the application stood still for at
 * the most
 */
public record Histogram(HeapProfile profile, Duration pause) {
}
