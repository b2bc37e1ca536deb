package io.leakwatch.autoconfigure.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import io.leakwatch.core.monitor.MonitorListener;
import io.leakwatch.core.monitor.Report;
import io.leakwatch.core.snapshot.SnapshotKind;
import io.leakwatch.core.snapshot.SnapshotState;
import io.leakwatch.core.snapshot.Snapshots;
import io.leakwatch.core.suspect.Severity;
import io.leakwatch.core.suspect.Suspect;
import io.leakwatch.core.suspect.SuspectKind;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Meters of what the monitor knows. A scrape reads the latest report and costs nothing
 * more. Every tag is bounded: the {@value #GROUPS} largest thread groups and
 * {@code other}, the {@value #SUSPECTS} likeliest suspects, the {@value #CONTAINERS}
 * containers that grow most.
 */
final class LeakWatchMeters implements MeterBinder, MonitorListener, AutoCloseable {

	private static final int GROUPS = 20;

	private static final int SUSPECTS = 10;

	private static final int CONTAINERS = 20;

	private static final String PREFIX = "leakwatch.";

	private final Snapshots snapshots;

	private final List<Binding> bindings = new CopyOnWriteArrayList<>();

	private final Map<String, Double> groupCounts = new ConcurrentHashMap<>();

	private final Map<String, Double> suspectGrowth = new ConcurrentHashMap<>();

	private final Map<String, Double> containerSizes = new ConcurrentHashMap<>();

	private volatile @Nullable Report report;

	LeakWatchMeters(Snapshots snapshots) {
		this.snapshots = snapshots;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bytes(registry, "heap.live", "Heap in use after the last old collection",
				(latest) -> orNaN(latest.heap().liveBytes()));
		bytes(registry, "heap.growth", "Growth of the live heap per minute",
				(latest) -> orNaN(latest.heap().growthBytesPerMinute()));
		gauge(registry, "heap.exhaustion",
				"Time until the live heap is full or the container's limit reached; not a number while it does not grow",
				"seconds", LeakWatchMeters::secondsToExhaustion);
		gauge(registry, "budget.spent", "Share of the wall time that LeakWatch has spent", null,
				(latest) -> latest.budget().spentShare());
		for (SuspectKind kind : SuspectKind.values()) {
			for (Severity severity : Severity.values()) {
				Gauge.builder(PREFIX + "suspects", this, (meters) -> meters.suspects(kind, severity))
					.description("Leak suspects")
					.tags("kind", lowerCase(kind), "severity", lowerCase(severity))
					.register(registry);
			}
		}
		for (SnapshotKind kind : SnapshotKind.values()) {
			for (SnapshotState state : SnapshotState.values()) {
				Gauge.builder(PREFIX + "snapshots", this.snapshots, (kept) -> count(kept, kind, state))
					.description("Snapshots that are kept")
					.tags("kind", lowerCase(kind).replace("_", ""), "state", lowerCase(state))
					.register(registry);
			}
		}
		this.bindings.add(new Binding(registry));
	}

	@Override
	public void reported(Report latest) {
		this.report = latest;
		Map<String, Double> groups = new HashMap<>();
		List<Report.Group> told = latest.threads().groups();
		told.stream().limit(GROUPS).forEach((group) -> groups.put(group.name(), (double) group.count()));
		groups.merge("other", (double) told.stream().skip(GROUPS).mapToInt(Report.Group::count).sum(), Double::sum);
		replace(this.groupCounts, groups);
		List<Suspect> suspects = latest.suspects().stream().limit(SUSPECTS).toList();
		replace(this.suspectGrowth, suspects.stream().collect(Collectors.toMap(Suspect::id, LeakWatchMeters::growth)));
		List<Row<?>> suspectRows = new ArrayList<>();
		suspects.forEach((suspect) -> suspectRows
			.add(Row.of(tags(suspect), this.suspectGrowth, (growth) -> growth.getOrDefault(suspect.id(), Double.NaN))));
		List<Row<?>> groupRows = new ArrayList<>();
		groups.keySet()
			.forEach((name) -> groupRows
				.add(Row.of(Tags.of("group", name), this.groupCounts, (counts) -> counts.getOrDefault(name, 0.0))));
		Map<String, Double> containers = new LinkedHashMap<>();
		latest.containers()
			.stream()
			.limit(CONTAINERS)
			.forEach((each) -> containers.put(each.size().holder(), (double) each.size().entries()));
		replace(this.containerSizes, containers);
		List<Row<?>> containerRows = new ArrayList<>();
		containers.keySet()
			.forEach((holder) -> containerRows.add(Row.of(Tags.of("holder", holder), this.containerSizes,
					(sizes) -> sizes.getOrDefault(holder, Double.NaN))));
		for (Binding binding : this.bindings) {
			binding.containers.register(containerRows);
			binding.groups.register(groupRows);
			binding.suspects.register(suspectRows);
		}
	}

	@Override
	public void probed(String probe, Duration duration) {
		for (Binding binding : this.bindings) {
			Timer.builder(PREFIX + "probe")
				.description("What LeakWatch's looks at the JVM cost")
				.tag("probe", probe)
				.register(binding.registry)
				.record(duration);
		}
	}

	/** Takes the meters out of registries that may outlive this context. */
	@Override
	public void close() {
		for (Binding binding : this.bindings) {
			List<Meter> ours = binding.registry.getMeters()
				.stream()
				.filter((meter) -> meter.getId().getName().startsWith(PREFIX))
				.toList();
			ours.forEach(binding.registry::remove);
		}
		this.bindings.clear();
	}

	private void bytes(MeterRegistry registry, String name, String description, ToDoubleFunction<Report> value) {
		gauge(registry, name, description, BaseUnits.BYTES, value);
	}

	private void gauge(MeterRegistry registry, String name, String description, @Nullable String unit,
			ToDoubleFunction<Report> value) {
		Gauge.builder(PREFIX + name, this, (meters) -> {
			Report latest = meters.report;
			return (latest != null) ? value.applyAsDouble(latest) : Double.NaN;
		}).description(description).baseUnit(unit).register(registry);
	}

	private double suspects(SuspectKind kind, Severity severity) {
		Report latest = this.report;
		return (latest == null) ? 0
				: latest.suspects()
					.stream()
					.filter((suspect) -> suspect.finding().kind() == kind && suspect.finding().severity() == severity)
					.count();
	}

	private static long count(Snapshots kept, SnapshotKind kind, SnapshotState state) {
		return kept.list().stream().filter((snapshot) -> snapshot.kind() == kind && snapshot.state() == state).count();
	}

	/** Never empty in between, as a scrape may come at any moment. */
	private static void replace(Map<String, Double> values, Map<String, Double> latest) {
		values.putAll(latest);
		values.keySet().retainAll(latest.keySet());
	}

	private static Tags tags(Suspect suspect) {
		String holder = suspect.finding().holder();
		return Tags.of("id", suspect.id(), "kind", lowerCase(suspect.finding().kind()), "holder",
				(holder != null) ? holder : "unknown");
	}

	private static double growth(Suspect suspect) {
		Double bytes = suspect.finding().bytesPerMinute();
		Double count = suspect.finding().growthPerMinute();
		boolean outsideTheHeap = suspect.finding().kind() == SuspectKind.DIRECT_MEMORY;
		return (count != null && !outsideTheHeap) ? count : orNaN(bytes);
	}

	private static double secondsToExhaustion(Report latest) {
		Instant at = latest.heap().exhaustionAt();
		return (at != null) ? Math.max(0, Duration.between(Instant.now(), at).toSeconds()) : Double.NaN;
	}

	private static double orNaN(@Nullable Number value) {
		return (value != null) ? value.doubleValue() : Double.NaN;
	}

	private static String lowerCase(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	/** The meters of one registry whose rows come and go. */
	private static final class Binding {

		private final MeterRegistry registry;

		private final MultiGauge groups;

		private final MultiGauge suspects;

		private final MultiGauge containers;

		private Binding(MeterRegistry registry) {
			this.registry = registry;
			this.groups = MultiGauge.builder(PREFIX + "threads")
				.description("Live platform threads by normalised name")
				.baseUnit(BaseUnits.THREADS)
				.register(registry);
			this.suspects = MultiGauge.builder(PREFIX + "suspect.growth")
				.description(
						"Growth of a suspect per minute: instances, threads or files; bytes for memory outside the heap")
				.register(registry);
			this.containers = MultiGauge.builder(PREFIX + "container.size")
				.description("Entries of the maps, collections, queues and caches that grow most")
				.register(registry);
		}

	}

}
