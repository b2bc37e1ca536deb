package io.leakwatch.core.suspect;

/**
 * How sure a suspicion is, the least first.
 */
public enum Severity {

	/** One signal shows steady growth. */
	WATCH,

	/** Two independent signals agree, or one that is exact has held for longer. */
	PROBABLE,

	/** What made it probable has held for twice the points that a verdict needs. */
	CONFIRMED

}
