package io.leakwatch.core.snapshot;

import org.jspecify.annotations.Nullable;

/**
 * Thrown where a heap dump cannot be analysed.
 */
public final class DumpAnalysisException extends Exception {

	private static final long serialVersionUID = 1L;

	/**
	 * A failure of the analysis.
	 * @param message the reason, in a sentence that says what to do
	 * @param cause what went wrong, {@code null} where the reason is all
	 */
	public DumpAnalysisException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/**
	 * A failure of the analysis that no other exception caused.
	 * @param message the reason, in a sentence that says what to do
	 */
	public DumpAnalysisException(String message) {
		this(message, null);
	}

}
