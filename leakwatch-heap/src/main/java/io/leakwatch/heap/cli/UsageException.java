package io.leakwatch.heap.cli;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/** A command line that cannot be followed; the message says why, on one line. */
final class UsageException extends Exception {

	@Serial
	private static final long serialVersionUID = 1L;

	/** Whose help tells how it is done, {@code null} for that of the whole tool. */
	private final @Nullable Command command;

	UsageException(@Nullable Command command, String message) {
		super(message);
		this.command = command;
	}

	@Nullable Command command() {
		return this.command;
	}

}
