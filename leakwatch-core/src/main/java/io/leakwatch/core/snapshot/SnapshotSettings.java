package io.leakwatch.core.snapshot;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The limits of snapshots.
 *
 * @param interval the least time between two automatic ones
 * @param coolDown the least time between two that are asked for
 * @param maxPause the longest predicted pause of one that is asked for, {@code null} for
 * no limit
 * @param maximumCount how many are kept
 */
public record SnapshotSettings(Duration interval, Duration coolDown, @Nullable Duration maxPause, int maximumCount) {

	/**
	 * Checks the limits.
	 * @param interval not negative
	 * @param coolDown not negative
	 * @param maxPause {@code null} for no limit
	 * @param maximumCount at least 2
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
	}

}
