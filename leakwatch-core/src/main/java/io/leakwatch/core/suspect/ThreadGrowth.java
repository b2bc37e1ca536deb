package io.leakwatch.core.suspect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.leakwatch.core.signal.ThreadGroupCount;
import io.leakwatch.core.signal.ThreadUsage;
import io.leakwatch.core.trend.TimeSeries;
import io.leakwatch.core.trend.Trend;
import org.jspecify.annotations.Nullable;

/**
 * Finds thread groups that grow. Follows the {@value #MAXIMUM_GROUPS} largest groups; one
 * that is gone is forgotten. For one thread.
 */
public final class ThreadGrowth {

	private static final int MAXIMUM_GROUPS = 100;

	private static final int LEAST_GAIN = 10;

	/** Somewhat more than the largest default of a server's pool, Tomcat's 200. */
	private static final int USUAL_POOL = 250;

	private static final int LEAST_POINTS = 2 * Trend.MINIMUM_POINTS;

	private static final Duration SHORTEST_GROWTH = Duration.ofSeconds(25);

	private final Map<String, GaugeGrowth> groups = new HashMap<>();

	/**
	 * A detector without points.
	 */
	public ThreadGrowth() {
	}

	/**
	 * Adds a census.
	 * @param at its moment
	 * @param usage the threads
	 */
	public void add(Instant at, ThreadUsage usage) {
		Set<String> present = new HashSet<>();
		for (ThreadGroupCount group : usage.groups().subList(0, Math.min(MAXIMUM_GROUPS, usage.groups().size()))) {
			present.add(group.name());
			this.groups.computeIfAbsent(group.name(), (name) -> new GaugeGrowth(LEAST_GAIN, 0.2, 0.6))
				.add(at, group.count());
		}
		this.groups.keySet().retainAll(present);
	}

	/**
	 * How fast a group grows.
	 * @param groupName the normalised name
	 * @return threads a minute, {@code null} with too few points
	 */
	public @Nullable Double growthPerMinute(String groupName) {
		GaugeGrowth growth = this.groups.get(groupName);
		return (growth != null && growth.trend().decided()) ? growth.trend().slopePerMinute() : null;
	}

	/**
	 * The groups that grow now.
	 * @param now the moment
	 * @return findings of kind {@link SuspectKind#THREAD}
	 */
	public List<Finding> find(Instant now) {
		List<Finding> findings = new ArrayList<>();
		this.groups.forEach((name, growth) -> {
			Severity severity = growth.severity();
			if (severity != null) {
				findings.add(finding(name, growth, limited(severity, growth.series()), now));
			}
		});
		return findings;
	}

	/**
	 * A pool that is bounded and grows with the day's traffic looks like a leak until it
	 * is full, and so does one that has just begun to.
	 */
	private static Severity limited(Severity severity, TimeSeries counts) {
		if (counts.size() < LEAST_POINTS || counts.span().compareTo(SHORTEST_GROWTH) < 0) {
			return Severity.WATCH;
		}
		boolean mayBeAPool = counts.value(counts.size() - 1) <= USUAL_POOL;
		return (severity == Severity.CONFIRMED && mayBeAPool) ? Severity.PROBABLE : severity;
	}

	private static Finding finding(String name, GaugeGrowth growth, Severity severity, Instant now) {
		long count = Math.round(growth.series().value(growth.series().size() - 1));
		double perMinute = growth.trend().slopePerMinute();
		String title = "Threads named '%s' grow by %s a minute; there are %s now".formatted(name,
				Counts.number(perMinute), Counts.number(count));
		String detail = "%s threads more in %s s".formatted(Counts.number(growth.series().gain()),
				growth.series().span().toSeconds());
		return new Finding(SuspectKind.THREAD, severity, growth.trend().confidence(), title, Thread.class.getName(),
				holder(name), count, perMinute, null, List.of(new Evidence("thread-census", detail, now)),
				"Look for an executor that is created per call: create it once, or close it when its work is done.");
	}

	private static String holder(String groupName) {
		String poolClass = PoolNames.classOf(groupName);
		return "thread group '" + groupName + "'" + ((poolClass != null) ? " (" + poolClass + ")" : "");
	}

}
