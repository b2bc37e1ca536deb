package io.leakwatch.autoconfigure.actuate.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * Figures of which some are not known, as an answer has them: {@code null} for unknown.
 */
final class Known {

	private Known() {
	}

	/** Bytes of a profile, where −1 stands for unknown. */
	static @Nullable Long bytes(long bytes) {
		return (bytes >= 0) ? bytes : null;
	}

	static @Nullable Long delta(@Nullable Long before, @Nullable Long after) {
		return (before != null && after != null) ? after - before : null;
	}

	static @Nullable Double hundredths(@Nullable Double value) {
		return (value != null) ? hundredths(value.doubleValue()) : null;
	}

	static double hundredths(double value) {
		return Math.round(value * 100) / 100.0;
	}

}
