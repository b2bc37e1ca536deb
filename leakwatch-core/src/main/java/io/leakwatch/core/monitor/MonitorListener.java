package io.leakwatch.core.monitor;

import java.time.Duration;

import io.leakwatch.core.suspect.Suspect;

/**
 * Hears what the monitor finds, on the monitor's thread. What it throws is logged once;
 * it must not block.
 */
public interface MonitorListener {

	/**
	 * A tick has ended.
	 * @param report what is known now
	 */
	default void reported(Report report) {
	}

	/**
	 * A suspect is new, or has become more severe.
	 * @param suspect the suspect
	 */
	default void suspected(Suspect suspect) {
	}

	/**
	 * A probe has run.
	 * @param probe its name
	 * @param duration how long it took
	 */
	default void probed(String probe, Duration duration) {
	}

}
