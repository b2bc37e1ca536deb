package io.leakwatch.core.snapshot;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The limits of snapshots, and where they are kept.
 *
 * @param interval the least time between two automatic histograms
 * @param coolDown the least time between two histograms that are asked for
 * @param maxPause the longest predicted pause of one that is asked for, {@code null} for
 * no limit
 * @param maximumCount how many are kept
 * @param maximumBytes how many bytes the profiles on disk may have
 * @param directory the folder that has the private folder of the snapshots in it; both
 * are made when they are needed; {@code null} keeps histograms in memory, and takes no
 * heap dump
 * @param heapDumps the limits of heap dumps
 */
public record SnapshotSettings(Duration interval, Duration coolDown, @Nullable Duration maxPause, int maximumCount,
		long maximumBytes, @Nullable Path directory, HeapDumpSettings heapDumps) {

	/** 64 MB. */
	public static final long DEFAULT_MAXIMUM_BYTES = 64L << 20;

	/**
	 * Checks the limits.
	 * @param interval not negative
	 * @param coolDown not negative
	 * @param maxPause {@code null} for no limit
	 * @param maximumCount at least 2
	 * @param maximumBytes not negative; the baseline and the newest are kept whatever
	 * their size
	 * @param directory {@code null} for none
	 * @param heapDumps the limits of heap dumps
	 */
	public SnapshotSettings {
		if (interval.isNegative() || coolDown.isNegative()) {
			throw new IllegalArgumentException(
					"The interval and the cool-down of snapshots must not be negative, they are " + interval + " and "
							+ coolDown);
		}
		if (maximumCount < 2) {
			throw new IllegalArgumentException(
					"At least 2 snapshots must be kept to compare them, not " + maximumCount);
		}
		if (maximumBytes < 0) {
			throw new IllegalArgumentException("The most bytes of all snapshots must not be negative: " + maximumBytes);
		}
	}

	/**
	 * Limits for histograms in memory alone.
	 * @param interval the least time between two automatic ones
	 * @param coolDown the least time between two that are asked for
	 * @param maxPause the longest predicted pause, {@code null} for no limit
	 * @param maximumCount how many are kept, at least 2
	 */
	public SnapshotSettings(Duration interval, Duration coolDown, @Nullable Duration maxPause, int maximumCount) {
		this(interval, coolDown, maxPause, maximumCount, DEFAULT_MAXIMUM_BYTES, null, HeapDumpSettings.DEFAULTS);
	}

}
