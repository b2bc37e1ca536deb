package io.leakwatch.core.snapshot;

import java.time.Duration;

/**
 * The limits of heap dumps.
 *
 * @param coolDown the least time between two that are asked for
 * @param maximumBytes the most bytes of all dumps on disk together, the one to be taken
 * included
 * @param keepFreeBytes the bytes on disk that a dump must leave free
 * @param keepDumps whether a dump is kept when it was analysed
 */
public record HeapDumpSettings(Duration coolDown, long maximumBytes, long keepFreeBytes, boolean keepDumps) {

	/** A minute, 16 GB of dumps, 256 MB left free, and no dump is kept. */
	public static final HeapDumpSettings DEFAULTS = new HeapDumpSettings(Duration.ofMinutes(1), 16L << 30, 256L << 20,
			false);

	/**
	 * Checks the limits.
	 * @param coolDown not negative
	 * @param maximumBytes not negative; 0 allows no heap dump
	 * @param keepFreeBytes not negative
	 * @param keepDumps whether a dump is kept
	 */
	public HeapDumpSettings {
		if (coolDown.isNegative() || maximumBytes < 0 || keepFreeBytes < 0) {
			throw new IllegalArgumentException(
					"The limits of heap dumps must not be negative, the cool-down is %s, the most bytes %d, the bytes to leave free %d"
						.formatted(coolDown, maximumBytes, keepFreeBytes));
		}
	}

}
