package io.leakwatch.autoconfigure.actuate.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * Bytes of a profile, where −1 stands for unknown, as an answer has them: {@code null}
 * for unknown.
 */
final class Known {

	private Known() {
	}

	static @Nullable Long bytes(long bytes) {
		return (bytes >= 0) ? bytes : null;
	}

	static @Nullable Long delta(@Nullable Long before, @Nullable Long after) {
		return (before != null && after != null) ? after - before : null;
	}

}
