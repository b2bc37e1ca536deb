package io.leakwatch.core.histogram;

/**
 * Thrown where this JVM gives no class histogram: its diagnostic command is missing,
 * denied, or failed.
 */
public final class HistogramUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * An exception with its cause.
	 * @param message what was asked for
	 * @param cause what the JVM said
	 */
	HistogramUnavailableException(String message, Throwable cause) {
		super(message, cause);
	}

}
