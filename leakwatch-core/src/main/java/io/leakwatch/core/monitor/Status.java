package io.leakwatch.core.monitor;

/**
 * The verdict on the service.
 */
public enum Status {

	/** It has just started; nothing is judged yet. */
	WARMING_UP,

	/** There were too few old collections for a verdict, and nothing else grows. */
	UNKNOWN,

	/**
	 * The live heap does not grow, but for caches that fill up, and nothing else does.
	 */
	STABLE,

	/** Something grows steadily. */
	GROWING,

	/** A leak is confirmed. */
	LEAKING

}
