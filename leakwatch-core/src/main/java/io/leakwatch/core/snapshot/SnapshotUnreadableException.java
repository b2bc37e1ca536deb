package io.leakwatch.core.snapshot;

import org.jspecify.annotations.Nullable;

/**
 * Thrown where there is no profile to read: it is not ready, was deleted meanwhile, or is
 * damaged.
 */
public final class SnapshotUnreadableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * A failure to read.
	 * @param message why, in a sentence that says what to do
	 * @param cause what went wrong, {@code null} where nothing did
	 */
	SnapshotUnreadableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
