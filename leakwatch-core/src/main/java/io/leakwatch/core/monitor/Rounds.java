package io.leakwatch.core.monitor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Collectors;

import io.leakwatch.core.census.ContainerCensus;
import io.leakwatch.core.census.HolderSize;
import io.leakwatch.core.histogram.ClassHistogram;
import io.leakwatch.core.histogram.Histogram;
import io.leakwatch.core.monitor.Watch.Readings;
import io.leakwatch.core.profile.AllocationProbe;
import io.leakwatch.core.operation.Expectations;
import io.leakwatch.core.operation.Overdue;
import io.leakwatch.core.signal.Buffers;
import io.leakwatch.core.signal.ClassLoaderCount;
import io.leakwatch.core.signal.CollectionListener;
import io.leakwatch.core.signal.FinalizerBacklog;
import io.leakwatch.core.signal.HeapCollection;
import io.leakwatch.core.signal.JvmSignals;
import io.leakwatch.core.signal.LiveHeap;
import io.leakwatch.core.signal.NativeMemory;
import io.leakwatch.core.signal.NativeMemorySignal;
import io.leakwatch.core.signal.NativeMemoryTracking;
import io.leakwatch.core.signal.ProcessSignals;
import io.leakwatch.core.signal.ProcessUsage;
import io.leakwatch.core.signal.ProcessorTime;
import io.leakwatch.core.signal.ThreadCensus;
import io.leakwatch.core.signal.ThreadUsage;
import io.leakwatch.core.snapshot.Snapshots;
import io.leakwatch.core.suspect.DumpedHolders;
import io.leakwatch.core.suspect.Suspect;
import org.jspecify.annotations.Nullable;

/**
 * What the monitor's thread does: a tick each interval, and a look right after a
 * collection. Everything is a probe, timed and paid from the budget; what stops the
 * application is done only where the budget affords it and its predicted pause is within
 * the limit.
 */
final class Rounds implements AutoCloseable {

	/**
	 * Deadlocks and class loaders take a safepoint to count, so they are looked at each
	 * this many ticks.
	 */
	private static final int SELDOM = 20;

	private static final int MOST_TICKS_SKIPPED = 8;

	private static final int TICKS_BETWEEN_BACKLOGS = 4;

	/** While the application starts, there is little to be found. */
	private static final int TICKS_BEFORE_CENSUS = 2;

	/**
	 * An automatic snapshot waits for a collection; not for longer than this, as an idle
	 * service has none for hours.
	 */
	private static final int MOST_TICKS_WITHOUT_SNAPSHOT = 10;

	private final MonitorSettings settings;

	private final Snapshots snapshots;

	private final List<Probe> probes;

	private final WatchedApplication application;

	private final Clock clock;

	private final Budget budget;

	private final ProbeRunner runner;

	private final JvmSignals jvm = new JvmSignals();

	private final ThreadCensus threadCensus = new ThreadCensus();

	private final ProcessSignals process = new ProcessSignals();

	private final NativeMemorySignal nativeSignal = new NativeMemorySignal();

	private final NativeMemoryTracking tracking = new NativeMemoryTracking();

	private final ClassLoaderCount classLoaderCount = new ClassLoaderCount();

	private final CollectionListener collectionListener;

	private final AutomaticHistograms histograms;

	private final @Nullable CensusRounds census;

	private final @Nullable AllocationTracing allocations;

	private final DumpReading dumps;

	private final Watch watch;

	private int ticks;

	private int ticksSkipped;

	private int ticksWithoutSnapshot;

	private ThreadUsage threads = new ThreadUsage(0, List.of());

	private ProcessUsage processUsage = new ProcessUsage(null, null, null, null);

	private @Nullable NativeMemory nativeMemory;

	private Map<String, Long> nativeCategories = Map.of();

	private @Nullable Integer deadlockedThreads;

	private Duration deadlockCost = Duration.ZERO;

	private Duration classLoaderCost = Duration.ZERO;

	private Duration backlogCost = Duration.ZERO;

	private @Nullable Integer classLoaders;

	private @Nullable Long requests;

	private @Nullable Readings readings;

	private List<Overdue> overdue = List.of();

	Rounds(MonitorSettings settings, ClassHistogram histogram, Snapshots snapshots, List<Probe> probes,
			List<MonitorListener> listeners, WatchedApplication application, Clock clock,
			BlockingQueue<HeapCollection> collections) {
		this.settings = settings;
		this.snapshots = snapshots;
		this.probes = probes;
		this.application = application;
		this.clock = clock;
		this.budget = new Budget(settings.budget(), settings.maxPause(), System::nanoTime);
		this.runner = new ProbeRunner(this.budget, listeners, System::nanoTime, ProcessorTime::nanos);
		// A full queue means that this thread is behind; the next collection tells as
		// much as the one that is lost.
		this.collectionListener = new CollectionListener((collection) -> collections.offer(collection));
		this.dumps = new DumpReading(snapshots);
		this.watch = new Watch(settings, CollectionListener.collector(), clock.instant());
		this.histograms = new AutomaticHistograms(settings, histogram, snapshots, this.budget, this.runner, clock,
				CollectionListener.collector());
		this.census = !settings.containers() ? null : new CensusRounds(new ContainerCensus(application.roots()),
				this.runner, this.budget, settings.maxPause());
		this.allocations = !settings.allocations() ? null
				: new AllocationTracing(new AllocationProbe(settings.applicationPackages()), this.runner, this.budget,
						settings.maxPause(), System::nanoTime);
		this.runner.run("collections", this.collectionListener::open);
		// A crashed run may have left a dump behind, which has been there long enough.
		this.runner.run("snapshot-folder", this.snapshots::open);
	}

	/**
	 * Looks at everything, and judges.
	 * @return the report, or {@code null} where the tick was skipped because watching has
	 * cost too much already
	 */
	@Nullable Report tick() {
		if (!this.budget.affords(Duration.ZERO) && this.readings != null && this.ticksSkipped < MOST_TICKS_SKIPPED) {
			this.ticksSkipped++;
			return null;
		}
		this.ticksSkipped = 0;
		Instant now = this.clock.instant();
		if (this.ticks % SELDOM == 0 && this.watch.isWarm(now)) {
			this.deadlockCost = runIfAffordable("deadlocks", this.deadlockCost,
					() -> this.deadlockedThreads = this.jvm.deadlockedThreads());
			this.classLoaderCost = runIfAffordable("class-loaders", this.classLoaderCost,
					() -> this.classLoaders = this.classLoaderCount.read());
		}
		this.ticks++;
		read();
		if (this.ticks % TICKS_BETWEEN_BACKLOGS == 0 && this.watch.finalizers().isWorthALook()) {
			this.backlogCost = runIfAffordable("finalizers", this.backlogCost,
					() -> this.watch.finalizers().add(FinalizerBacklog.read()));
		}
		for (Probe probe : this.probes) {
			this.runner.run(probe.name(), () -> probe.probe(now));
		}
		if (this.watch.isWarm(now) && this.snapshots.isDue()
				&& ++this.ticksWithoutSnapshot > MOST_TICKS_WITHOUT_SNAPSHOT) {
			histogram(false);
		}
		Readings latest = this.readings;
		if (latest == null) {
			throw new IllegalStateException("The JVM's own gauges cannot be read");
		}
		this.runner.runAlone("requests", () -> this.requests = this.application.requestCount().read());
		this.runner.run("expectations", this::readExpectations);
		this.runner.run("heap-dumps", this::readDumps);
		List<HolderSize> holders = (this.census != null && this.ticks > TICKS_BEFORE_CENSUS)
				? this.census.tick(!isTracingDue()) : List.of();
		List<Suspect> risen = new ArrayList<>();
		this.runner.runAlone("verdict", () -> risen.addAll(this.watch.judge(latest, holders, this.requests, now)));
		List<Suspect> suspects = this.watch.suspects();
		Report report = this.watch.report(latest, trace(suspects, now), new Report.Costs(this.budget.share(),
				this.budget.spentShare(), this.histograms.lastPause(), this.histograms.heldBack()), now);
		this.runner.tell((listener) -> listener.reported(report));
		// Not within a probe: what the application's own listeners take is not our cost.
		risen.forEach((suspect) -> this.runner.tell((listener) -> listener.suspected(suspect)));
		return report;
	}

	/** Who holds what grows is known from the next tick on. */
	private List<Suspect> trace(List<Suspect> suspects, Instant now) {
		if (this.allocations == null) {
			return suspects;
		}
		List<Suspect> traced = this.allocations.trace(suspects, this.watch.leads(now), this.watch.isStirring(),
				this.watch.lastCollection(), now);
		this.watch.retained(this.allocations.retentions());
		return traced;
	}

	private void readExpectations() {
		Expectations expectations = this.application.expectations();
		if (expectations != null) {
			this.overdue = expectations.overdue();
			this.watch.overdue(this.overdue);
		}
	}

	private void readDumps() {
		Set<String> expected = this.overdue.stream()
			.map((each) -> each.kind().className())
			.collect(Collectors.toUnmodifiableSet());
		DumpedHolders holders = this.dumps.readIfNew(expected);
		if (holders != null) {
			this.watch.dumped(holders);
		}
	}

	/** Whether the container census walks, which {@link #walk()} goes on with. */
	boolean isWalking() {
		return this.census != null && this.census.isWalking();
	}

	/** Goes on with the walk of the container census. */
	void walk() {
		if (this.census != null) {
			this.census.walk();
		}
	}

	/** Looks at what a collection has left, while there is the least garbage. */
	void collected(HeapCollection collection) {
		LiveHeap live = collection.live();
		this.watch.collected(collection);
		if (live != null) {
			Expectations expectations = this.application.expectations();
			if (expectations != null) {
				expectations.collected(collection.at());
			}
			Map<String, Long> cacheEntries = cacheEntries();
			this.runner.runAlone("live-heap", () -> this.watch.collected(live, this.application.requestCount().read(),
					cacheEntries, this.clock.instant(), this.jvm.classes(), buffers()));
		}
		if (this.watch.isWarm(collection.at()) && !isTracingDue()
				&& this.histograms.isDue(this.watch.isSuspicious(this.clock.instant()))) {
			histogram(true);
		}
	}

	/**
	 * Reads each signal as a probe of its own, so that one which fails takes no other
	 * with it.
	 */
	private void read() {
		this.runner.run("threads", () -> this.threads = this.threadCensus.take());
		this.runner.runAlone("process", () -> this.processUsage = this.process.read());
		this.runner.runAlone("native-memory", () -> this.nativeMemory = this.nativeSignal.read(this.processUsage,
				buffers().direct(), this.threads.count()));
		this.runner.runAlone("native-memory-tracking", () -> this.nativeCategories = this.tracking.read());
		this.runner.runAlone("memory",
				() -> this.readings = new Readings(this.jvm.heap(), this.jvm.classes(), this.classLoaders, buffers(),
						this.processUsage, this.nativeMemory, this.nativeCategories, this.threads,
						this.deadlockedThreads, this.jvm.pendingFinalizers()));
	}

	private Buffers buffers() {
		Buffers counted = this.jvm.buffers();
		return (this.census != null) ? counted.withNetty(this.census.nettyBytes()) : counted;
	}

	private void histogram(boolean afterCollection) {
		Histogram histogram = this.histograms.take(this.jvm.heap().usedBytes());
		if (histogram != null) {
			this.ticksWithoutSnapshot = 0;
			if (afterCollection) {
				// At once: the sizes are to be those of the same moment.
				Map<String, Long> cacheEntries = cacheEntries();
				this.runner.runAlone("class-growth", () -> this.watch.histogram(histogram.profile(), cacheEntries));
			}
			this.histograms.offer(histogram);
		}
	}

	private boolean isTracingDue() {
		return this.allocations != null && this.allocations.isWaiting();
	}

	/** None where they cannot be read: then nothing is explained by them. */
	private Map<String, Long> cacheEntries() {
		Map<String, Long> entries = new HashMap<>();
		this.runner.runAlone("cache-sizes", () -> entries.putAll(this.application.caches().read()));
		return entries;
	}

	/**
	 * Runs a probe that stops the application for a moment, unless that cost more than is
	 * allowed the last time.
	 * @return what it costs
	 */
	private Duration runIfAffordable(String name, Duration lastCost, ProbeRunner.Body probe) {
		if (lastCost.compareTo(this.settings.maxPause()) > 0 || !this.budget.affords(lastCost)) {
			// Cheaper next time, perhaps: a slow one on a busy machine is no proof for
			// ever.
			return lastCost.multipliedBy(9).dividedBy(10);
		}
		return this.runner.run(name, probe);
	}

	@Override
	public void close() {
		this.collectionListener.close();
		if (this.allocations != null) {
			this.allocations.close();
		}
	}

}
