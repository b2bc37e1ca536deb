package io.leakwatch.core.suspect;

/**
 * How sure a suspicion is, the least first.
 */
public enum Severity {

	/** One signal shows steady growth. */
	WATCH,

	/** One that is exact has held, or two independent signals agree. */
	PROBABLE,

	/** It was probable for long, and mostly a second signal agrees. */
	CONFIRMED

}
