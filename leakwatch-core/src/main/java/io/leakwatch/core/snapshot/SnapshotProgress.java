package io.leakwatch.core.snapshot;

/**
 * How far the analysis of a heap dump is.
 *
 * @param phase what is being done
 * @param percent how much of the whole is done, from 0 to 100
 */
public record SnapshotProgress(String phase, int percent) {
}
