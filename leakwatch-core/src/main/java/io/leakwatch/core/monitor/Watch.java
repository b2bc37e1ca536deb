package io.leakwatch.core.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;

import io.leakwatch.core.census.HolderSize;
import io.leakwatch.core.monitor.Report.Container;
import io.leakwatch.core.monitor.Report.Group;
import io.leakwatch.core.monitor.Report.TimelinePoint;
import io.leakwatch.core.operation.Overdue;
import io.leakwatch.core.signal.Buffers;
import io.leakwatch.core.signal.ClassUsage;
import io.leakwatch.core.signal.HeapCollection;
import io.leakwatch.core.signal.HeapUsage;
import io.leakwatch.core.signal.LiveHeap;
import io.leakwatch.core.signal.NativeMemory;
import io.leakwatch.core.signal.ProcessUsage;
import io.leakwatch.core.signal.ThreadUsage;
import io.leakwatch.core.suspect.ClassGrowth;
import io.leakwatch.core.suspect.ClassLead;
import io.leakwatch.core.suspect.ContainerGrowth;
import io.leakwatch.core.suspect.DumpedHolders;
import io.leakwatch.core.suspect.FinalizerQueue;
import io.leakwatch.core.suspect.Finding;
import io.leakwatch.core.suspect.Fusion;
import io.leakwatch.core.suspect.HeapEvidence;
import io.leakwatch.core.suspect.IgnoreList;
import io.leakwatch.core.suspect.Joined;
import io.leakwatch.core.suspect.OverdueObjects;
import io.leakwatch.core.suspect.Retention;
import io.leakwatch.core.suspect.Suspect;
import io.leakwatch.core.suspect.SuspectLedger;
import io.leakwatch.heap.diff.ClassDelta;
import io.leakwatch.heap.diff.HeapDiff;
import io.leakwatch.heap.profile.HeapProfile;
import org.jspecify.annotations.Nullable;

/**
 * The state of watching: takes readings, hands them to the detectors once the warm-up is
 * over, and draws up the report. Reads nothing itself. For one thread.
 */
final class Watch {

	private static final int TIMELINE_POINTS = 240;

	private static final int CLASSES_TOLD = 100;

	private static final int GROUPS_TOLD = 100;

	private static final int CONTAINERS_TOLD = 100;

	private final String collector;

	private final Instant warmUntil;

	private final Duration interval;

	private final HeapGrowth heapGrowth = new HeapGrowth();

	private final Suspicion suspicion;

	private final ClassGrowth classGrowth;

	private final GaugeDetectors gauges = new GaugeDetectors();

	private final IgnoreList ignored;

	private final ContainerGrowth containerGrowth;

	private final Fusion fusion;

	private final SuspectLedger ledger = new SuspectLedger();

	private final Deque<TimelinePoint> timeline = new ArrayDeque<>();

	private List<ClassDelta> classChanges = List.of();

	private List<HolderSize> holders = List.of();

	private List<Overdue> overdue = List.of();

	private @Nullable DumpedHolders dumped;

	private Status status = Status.WARMING_UP;

	private Instant statusSince;

	private @Nullable Instant lastCollectionAt;

	private @Nullable HeapCollection lastCollection;

	Watch(MonitorSettings settings, String collector, Instant startedAt) {
		this.collector = collector;
		this.warmUntil = startedAt.plus(settings.warmUp());
		this.interval = settings.interval();
		this.suspicion = new Suspicion(settings.interval());
		this.ignored = new IgnoreList(settings.ignore());
		this.classGrowth = new ClassGrowth(settings.applicationPackages(), this.ignored);
		this.containerGrowth = new ContainerGrowth(settings.applicationPackages(), this.ignored, settings.warmUp());
		this.fusion = new Fusion(settings.applicationPackages());
		this.statusSince = startedAt;
	}

	boolean isWarm(Instant now) {
		return !now.isBefore(this.warmUntil);
	}

	/** Takes the end of any collection. */
	void collected(HeapCollection collection) {
		this.lastCollection = collection;
		if (isWarm(collection.at())) {
			this.suspicion.collected(collection);
		}
	}

	/** The last collection of any kind, {@code null} before the first. */
	@Nullable HeapCollection lastCollection() {
		return this.lastCollection;
	}

	/**
	 * The classes that grow and are kept by nobody knows whom, while there is ever more
	 * on the heap.
	 */
	List<ClassLead> leads(Instant now) {
		if (!this.suspicion.holds(now) && heapEvidence() == null) {
			return List.of();
		}
		List<Suspect> suspects = suspects();
		return this.classGrowth.leads()
			.stream()
			.filter((lead) -> suspects.stream().noneMatch((each) -> lead.isKeptBy(each.finding())))
			.toList();
	}

	/** Whether there may be {@link #leads} soon, so that it is worth to get ready. */
	boolean isStirring() {
		return this.classGrowth.isStirring();
	}

	/** What waits for its finalizer. */
	FinalizerQueue finalizers() {
		return this.gauges.finalizers();
	}

	/** Takes who holds what the {@link #leads} are about. */
	void retained(List<Retention> retentions) {
		this.classGrowth.retained(retentions);
	}

	/** Takes what should be gone and is still there. */
	void overdue(List<Overdue> overdue) {
		this.overdue = overdue;
	}

	/** Takes who holds what in a heap dump. */
	void dumped(DumpedHolders holders) {
		this.dumped = holders;
		this.classGrowth.dumped(holders);
		this.fusion.dumped(holders);
	}

	/** Whether there is a reason to look closer at the heap. */
	boolean isSuspicious(Instant now) {
		return this.suspicion.holds(now) || this.classGrowth.isGrowing() || heapEvidence() != null
				|| this.gauges.isNativeMemoryGrowing();
	}

	/**
	 * The growth of the heap, unless caches that fill up explain it. While a class grows
	 * that they do not explain, it counts for that class.
	 */
	private @Nullable HeapEvidence heapEvidence() {
		boolean filling = this.heapGrowth.isFilling() && !this.classGrowth.isGrowing();
		return filling ? null : this.heapGrowth.evidence();
	}

	/**
	 * Takes the readings that belong to the end of an old collection; those of one
	 * interval count as one.
	 */
	void collected(LiveHeap live, @Nullable Long requests, Map<String, Long> cacheEntries, Instant now,
			ClassUsage classes, Buffers buffers) {
		this.heapGrowth.latest(live);
		Instant last = this.lastCollectionAt;
		if (isWarm(live.at()) && (last == null || now.isBefore(last) || !now.isBefore(last.plus(this.interval)))) {
			this.lastCollectionAt = now;
			this.heapGrowth.add(live, requests, cacheEntries);
			this.gauges.addAfterCollection(now, classes, buffers);
		}
	}

	/** Takes a histogram that was made right after a collection. */
	void histogram(HeapProfile profile, Map<String, Long> cacheEntries) {
		this.classGrowth.add(profile, this.heapGrowth.oldCollections(), cacheEntries);
		HeapDiff change = this.classGrowth.change();
		if (change != null) {
			this.classChanges = change.classes()
				.stream()
				.filter((delta) -> delta.countDelta() > 0)
				.limit(CLASSES_TOLD)
				.toList();
		}
	}

	/**
	 * Judges what is known.
	 * @param readings the readings of this tick
	 * @param holders the sizes that the census has read, none where there is none
	 * @param requests the requests served so far, {@code null} where unknown
	 * @param now the tick's moment
	 * @return which suspects are new or more severe
	 */
	List<Suspect> judge(Readings readings, List<HolderSize> holders, @Nullable Long requests, Instant now) {
		this.timeline.addLast(new TimelinePoint(now, readings.heap().usedBytes(), this.heapGrowth.liveBytes(),
				readings.buffers().direct().usedBytes(), readings.process().rssBytes(), readings.threads().count(),
				readings.classes().loadedClasses()));
		if (this.timeline.size() > TIMELINE_POINTS) {
			this.timeline.removeFirst();
		}
		this.heapGrowth.used(readings.heap());
		this.holders = holders;
		this.containerGrowth.add(now, holders, requests, isWarm(now));
		if (!isWarm(now)) {
			return List.of();
		}
		this.gauges.add(now, readings);
		HeapEvidence heap = heapEvidence();
		List<Finding> others = new ArrayList<>(this.gauges.find(now));
		others.addAll(OverdueObjects.find(this.overdue, this.dumped, now));
		List<Joined> joined = this.fusion.join(accepted(this.containerGrowth.find(now)),
				accepted(this.classGrowth.find(heap)), accepted(others), heap);
		List<Suspect> risen = this.ledger.update(joined, this.containerGrowth::isHeld, now);
		Status verdict = Verdict.of(this.ledger.ranked(), heap != null,
				this.heapGrowth.isLevel() || this.heapGrowth.isFilling());
		if (verdict != this.status) {
			this.status = verdict;
			this.statusSince = now;
		}
		return risen;
	}

	private List<Finding> accepted(List<Finding> findings) {
		return findings.stream().filter((finding) -> !this.ignored.covers(finding)).toList();
	}

	/** The suspects, the likeliest first. */
	List<Suspect> suspects() {
		return this.ledger.ranked();
	}

	Report report(Readings readings, List<Suspect> suspects, Report.Costs costs, Instant now) {
		HeapUsage heap = readings.heap();
		ThreadUsage threads = readings.threads();
		List<Group> groups = threads.groups()
			.stream()
			.limit(GROUPS_TOLD)
			.map((group) -> new Group(group.name(), group.count(),
					this.gauges.threadGrowth().growthPerMinute(group.name())))
			.toList();
		return new Report(now, this.status, this.statusSince,
				this.heapGrowth.describe(heap, readings.process(), this.collector, heapEvidence() != null, now),
				readings.classes(), readings.classLoaders(), readings.buffers().direct(), readings.process(),
				new Report.Threads(threads.count(), readings.deadlockedThreads(), groups), readings.pendingFinalizers(),
				suspects, containers(), this.classChanges, List.copyOf(this.timeline), costs);
	}

	/** Those that grow most, and then the largest. */
	private List<Container> containers() {
		return this.holders.stream()
			.map((size) -> new Container(size, this.containerGrowth.growthPerMinute(size.holder())))
			.sorted(Comparator.comparingDouble(Watch::growth)
				.thenComparingLong((container) -> container.size().entries())
				.reversed())
			.limit(CONTAINERS_TOLD)
			.toList();
	}

	private static double growth(Container container) {
		Double perMinute = container.growthPerMinute();
		return (perMinute != null) ? perMinute : 0;
	}

	/**
	 * The readings of one tick.
	 *
	 * @param heap the heap
	 * @param classes the loaded classes
	 * @param classLoaders class loaders, {@code null} until counted
	 * @param buffers buffers outside the heap
	 * @param process the process
	 * @param nativeMemory memory outside the heap, {@code null} where unknown
	 * @param nativeCategories what the JVM has for itself, none where it is not tracked
	 * @param threads the threads
	 * @param deadlockedThreads deadlocked threads, as last counted, {@code null} until
	 * then
	 * @param pendingFinalizers objects that wait for their finalizer
	 */
	record Readings(HeapUsage heap, ClassUsage classes, @Nullable Integer classLoaders, Buffers buffers,
			ProcessUsage process, @Nullable NativeMemory nativeMemory, Map<String, Long> nativeCategories,
			ThreadUsage threads, @Nullable Integer deadlockedThreads, int pendingFinalizers) {
	}

}
