package io.leakwatch.core.snapshot;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Thrown where a snapshot that was asked for is not taken, with the reason.
 */
public final class SnapshotRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** Why it was refused. */
	private final Reason reason;

	private final transient @Nullable Duration retryAfter;

	/**
	 * A refusal.
	 * @param reason why
	 * @param message why, in a sentence that says what to do
	 * @param retryAfter when to ask again, {@code null} where time does not mend it
	 */
	SnapshotRefusedException(Reason reason, String message, @Nullable Duration retryAfter) {
		super(message);
		this.reason = reason;
		this.retryAfter = retryAfter;
	}

	/**
	 * Why it was refused.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * When to ask again.
	 * @return a duration from now, {@code null} where time does not mend it
	 */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

	/** Why a snapshot is refused. */
	public enum Reason {

		/** Another one is being taken. */
		UNDER_WAY,

		/** The last one was taken too short a time ago. */
		COOLING_DOWN,

		/** The application would stand still for longer than is allowed. */
		PAUSE_TOO_LONG,

		/** There is too little disk for the heap dump, or memory to analyse it. */
		NO_ROOM,

		/**
		 * There is none at all here: the JVM writes no heap dumps, there is no folder for
		 * them, or the service is shutting down.
		 */
		UNAVAILABLE

	}

}
