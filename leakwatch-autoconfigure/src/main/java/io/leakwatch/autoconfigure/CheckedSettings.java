package io.leakwatch.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import io.leakwatch.core.monitor.MonitorSettings;
import io.leakwatch.core.snapshot.AnalyserProcess;
import io.leakwatch.core.snapshot.DumpAnalyser;
import io.leakwatch.core.snapshot.FallbackAnalyser;
import io.leakwatch.core.snapshot.HeapDumpSettings;
import io.leakwatch.core.snapshot.InProcessAnalyser;
import io.leakwatch.core.snapshot.SnapshotSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * The properties as settings of the monitor. A value that cannot be worked with ends the
 * start with the name of its property, where it was set, and what it may be.
 */
final class CheckedSettings {

	private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

	private static final int FEWEST_SNAPSHOTS = 2;

	private static final Pattern UNSAFE_IN_FILE_NAMES = Pattern.compile("[^A-Za-z0-9._-]");

	private static final int LONGEST_FILE_NAME = 100;

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
				applicationPackages, properties.getWatch().isContainers(), properties.getWatch().isAllocations());
	}

	static Duration expectationsDelay(LeakWatchProperties properties) {
		return notNegative("leakwatch.expectations.delay", properties.getExpectations().getDelay());
	}

	static SnapshotSettings snapshots(LeakWatchSnapshotProperties properties, @Nullable String applicationName) {
		int maximumCount = properties.getMaximumCount();
		check(maximumCount >= FEWEST_SNAPSHOTS, "leakwatch.snapshots.maximum-count", maximumCount,
				"Two snapshots are needed to compare them: set it to 2 or more.");
		notNegative("leakwatch.snapshots.suspicion-delay", properties.getSuspicionDelay());
		notNegative("leakwatch.snapshots.suspicion-interval", properties.getSuspicionInterval());
		refuseTrafficBefore(properties);
		Duration maxPause = properties.getMaxPause();
		Path directory = properties.getDirectory();
		HeapDumpSettings heapDumps = new HeapDumpSettings(
				notNegative("leakwatch.snapshots.heap-dump-cool-down", properties.getHeapDumpCoolDown()),
				notNegative("leakwatch.snapshots.maximum-dump-size", properties.getMaximumDumpSize()),
				HeapDumpSettings.DEFAULTS.keepFreeBytes(), properties.isKeepDumps());
		return new SnapshotSettings(notNegative("leakwatch.snapshots.interval", properties.getInterval()),
				notNegative("leakwatch.snapshots.cool-down", properties.getCoolDown()),
				(maxPause != null) ? notNegative("leakwatch.snapshots.max-pause", maxPause) : null, maximumCount,
				notNegative("leakwatch.snapshots.maximum-size", properties.getMaximumSize()),
				(directory != null) ? directory : defaultDirectory(applicationName), heapDumps);
	}

	static DumpAnalyser analyser(LeakWatchSnapshotProperties properties) {
		Duration limit = properties.getAnalysisTimeLimit();
		check(limit.compareTo(Duration.ZERO) > 0, "leakwatch.snapshots.analysis-time-limit", limit,
				"It is a length of time: set it above 0s.");
		return switch (properties.getAnalysis()) {
			case PROCESS -> new AnalyserProcess(limit);
			case IN_PROCESS -> new InProcessAnalyser(limit);
			case PROCESS_THEN_IN_PROCESS ->
				new FallbackAnalyser(new AnalyserProcess(limit), new InProcessAnalyser(limit));
		};
	}

	static Duration refuseTrafficBefore(LeakWatchSnapshotProperties properties) {
		return notNegative("leakwatch.snapshots.refuse-traffic-before", properties.getRefuseTrafficBefore());
	}

	/**
	 * Right below the folder for temporary files, in which nobody can replace what is
	 * somebody else's, and the same after a restart.
	 */
	private static Path defaultDirectory(@Nullable String applicationName) {
		boolean named = applicationName != null && !applicationName.isBlank();
		return Path.of(System.getProperty("java.io.tmpdir"), fileName(
				"leakwatch-" + System.getProperty("user.name") + "-" + (named ? applicationName : "application")));
	}

	private static String fileName(String name) {
		String safe = UNSAFE_IN_FILE_NAMES.matcher(name).replaceAll("_");
		return safe.substring(0, Math.min(safe.length(), LONGEST_FILE_NAME));
	}

	private static Duration notNegative(String name, Duration value) {
		check(!value.isNegative(), name, value, "It is a length of time: set it to 0s or more.");
		return value;
	}

	private static long notNegative(String name, DataSize value) {
		check(!value.isNegative(), name, value, "It is a size: set it to 0B or more.");
		return value.toBytes();
	}

	private static void check(boolean valid, String name, @Nullable Object value, String reason) {
		if (!valid) {
			throw new InvalidConfigurationPropertyValueException(name, value, reason);
		}
	}

}
