package io.leakwatch.core.suspect;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Watches what the JVM has taken for itself, by category: exact numbers, which say of
 * memory outside the heap whether the JVM or somebody else's code has it. For one thread.
 */
final class NativeCategories {

	private static final double MEGABYTE = 1 << 20;

	/** Watched as numbers of their own. */
	private static final Set<String> OTHERWISE_WATCHED = Set.of("Java Heap", "Class", "Metaspace", "Thread", "Code",
			"Shared class space");

	private final Map<String, GaugeGrowth> categories = new HashMap<>();

	/** Takes the bytes of each category; none where they are not tracked. */
	void add(Instant at, Map<String, Long> bytes) {
		bytes.forEach((name, committed) -> {
			if (!OTHERWISE_WATCHED.contains(name)) {
				this.categories.computeIfAbsent(name, (key) -> new GaugeGrowth(4 * MEGABYTE, 0.1, 0.6))
					.add(at, committed);
			}
		});
	}

	/** Whether some category has grown for long enough to be told by itself. */
	boolean isAnyProbable() {
		GaugeGrowth growth = growth();
		return growth != null && growth.atMostProbable() == Severity.PROBABLE;
	}

	/** What they say of memory that grows, {@code null} where they are not tracked. */
	@Nullable String detail() {
		if (this.categories.isEmpty()) {
			return null;
		}
		GaugeGrowth growth = growth();
		if (growth == null) {
			return "No category of the JVM's own memory grows: native code of a library takes it";
		}
		String name = this.categories.entrySet()
			.stream()
			.filter((each) -> each.getValue() == growth)
			.map(Map.Entry::getKey)
			.findFirst()
			.orElseThrow();
		return "Of the JVM's own memory, the category '%s' has gained %s over %d points in %d s".formatted(name,
				Counts.bytes(growth.series().gain()), growth.series().size(), growth.series().span().toSeconds());
	}

	/** That of the category which gains most. */
	private @Nullable GaugeGrowth growth() {
		return this.categories.values()
			.stream()
			.filter((each) -> each.trend().growing())
			.max(Comparator.comparingDouble((each) -> each.series().gain()))
			.orElse(null);
	}

}
