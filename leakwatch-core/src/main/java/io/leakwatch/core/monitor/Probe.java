package io.leakwatch.core.monitor;

import java.time.Instant;

/**
 * Something that the monitor's thread does at each tick. It is timed and paid from the
 * budget. One that fails is logged once and switched off.
 */
public interface Probe {

	/**
	 * The name by which its cost is told.
	 * @return lower-case words with hyphens, such as {@code caches}
	 */
	String name();

	/**
	 * Looks once.
	 * @param now the tick's moment
	 * @throws Exception where it fails, which switches it off
	 */
	void probe(Instant now) throws Exception;

}
