package io.leakwatch.core.monitor;

import java.time.Duration;
import java.util.List;

/**
 * How the monitor works.
 *
 * @param interval the time from tick to tick
 * @param warmUp how long after the start nothing is judged
 * @param budget the share of the wall time that watching may cost, from 0 to 1
 * @param maxPause the longest predicted pause that the monitor causes by itself
 * @param ignore names of classes and holders that may grow, {@code *} for any characters
 * @param applicationPackages the packages whose classes are the application's own
 * @param containers whether a census of containers is taken
 * @param allocations whether the Flight Recorder is asked where suspects are allocated
 */
public record MonitorSettings(Duration interval, Duration warmUp, double budget, Duration maxPause, List<String> ignore,
		List<String> applicationPackages, boolean containers, boolean allocations) {

	private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

	/**
	 * Checks the settings.
	 * @param interval at least 100 ms
	 * @param warmUp not negative
	 * @param budget above 0, up to 1
	 * @param maxPause not negative
	 * @param ignore patterns
	 * @param applicationPackages package names
	 * @param containers whether a census of containers is taken
	 * @param allocations whether the Flight Recorder is asked
	 */
	public MonitorSettings {
		if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
			throw new IllegalArgumentException("The watch's interval must be at least 100ms, it is " + interval);
		}
		if (warmUp.isNegative() || maxPause.isNegative()) {
			throw new IllegalArgumentException(
					"The warm-up and the longest pause must not be negative, they are " + warmUp + " and " + maxPause);
		}
		if (!(budget > 0 && budget <= 1)) {
			throw new IllegalArgumentException(
					"The budget is a share of the wall time above 0 and up to 1, it is " + budget);
		}
		ignore = List.copyOf(ignore);
		applicationPackages = List.copyOf(applicationPackages);
	}

	/**
	 * Settings with everything on.
	 * @param interval at least 100 ms
	 * @param warmUp not negative
	 * @param budget above 0, up to 1
	 * @param maxPause not negative
	 * @param ignore patterns
	 * @param applicationPackages package names
	 */
	public MonitorSettings(Duration interval, Duration warmUp, double budget, Duration maxPause, List<String> ignore,
			List<String> applicationPackages) {
		this(interval, warmUp, budget, maxPause, ignore, applicationPackages, true, true);
	}

}
