package io.leakwatch.core.profile;

/**
 * A profile cannot be taken now, or not here. The message says what to do.
 */
public final class ProfileRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1;

	/** Why there is none. */
	private final Reason reason;

	/**
	 * A refusal.
	 * @param reason why
	 * @param message a sentence for whoever asked
	 */
	public ProfileRefusedException(Reason reason, String message) {
		super(message);
		this.reason = reason;
	}

	/**
	 * Why there is no profile.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * The reasons.
	 */
	public enum Reason {

		/** This JVM cannot tell it. */
		UNAVAILABLE,

		/** Another profile is being taken. */
		UNDER_WAY,

		/** There is nothing yet that it could be made of. */
		NOTHING_YET

	}

}
