package io.leakwatch.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.leakwatch.core.monitor.MonitorSettings;
import io.leakwatch.core.snapshot.SnapshotSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The properties as settings of the monitor. A value that cannot be worked with ends the
 * start with the name of its property, where it was set, and what it may be.
 */
final class CheckedSettings {

	private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

	private static final int FEWEST_SNAPSHOTS = 2;

	private CheckedSettings() {
	}

	static MonitorSettings monitor(LeakWatchProperties properties, List<String> applicationPackages) {
		Duration interval = properties.getWatch().getInterval();
		check(interval.compareTo(SHORTEST_INTERVAL) >= 0, "leakwatch.watch.interval", interval,
				"It is the time from one look at the JVM to the next: set it to 100ms or more. To switch LeakWatch off, set leakwatch.enabled=false.");
		double budget = properties.getBudget();
		check(budget > 0 && budget <= 1, "leakwatch.budget", budget,
				"It is a share of the wall time: set it above 0 and up to 1. 0.005 is half a percent.");
		return new MonitorSettings(interval, notNegative("leakwatch.watch.warm-up", properties.getWatch().getWarmUp()),
				budget, notNegative("leakwatch.max-pause", properties.getMaxPause()), properties.getIgnore(),
				applicationPackages);
	}

	static SnapshotSettings snapshots(LeakWatchProperties.Snapshots properties) {
		int maximumCount = properties.getMaximumCount();
		check(maximumCount >= FEWEST_SNAPSHOTS, "leakwatch.snapshots.maximum-count", maximumCount,
				"Two snapshots are needed to compare them: set it to 2 or more.");
		Duration maxPause = properties.getMaxPause();
		return new SnapshotSettings(notNegative("leakwatch.snapshots.interval", properties.getInterval()),
				notNegative("leakwatch.snapshots.cool-down", properties.getCoolDown()),
				(maxPause != null) ? notNegative("leakwatch.snapshots.max-pause", maxPause) : null, maximumCount);
	}

	private static Duration notNegative(String name, Duration value) {
		check(!value.isNegative(), name, value, "It is a length of time: set it to 0s or more.");
		return value;
	}

	private static void check(boolean valid, String name, @Nullable Object value, String reason) {
		if (!valid) {
			throw new InvalidConfigurationPropertyValueException(name, value, reason);
		}
	}

}
