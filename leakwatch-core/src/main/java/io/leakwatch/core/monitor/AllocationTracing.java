package io.leakwatch.core.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

import io.leakwatch.core.profile.AllocationSampling;
import io.leakwatch.core.profile.AllocationSite;
import io.leakwatch.core.profile.RetainingHolder;
import io.leakwatch.core.signal.HeapCollection;
import io.leakwatch.core.suspect.ClassLead;
import io.leakwatch.core.suspect.Finding;
import io.leakwatch.core.suspect.Retention;
import io.leakwatch.core.suspect.Severity;
import io.leakwatch.core.suspect.Suspect;
import io.leakwatch.core.suspect.SuspectKind;

import org.jspecify.annotations.Nullable;

/**
 * Where suspects are allocated, and who holds those whose holder no other signal tells.
 * The Flight Recorder runs only while there is a suspect that is more than a watch, or
 * has been one for {@value #TICKS_OF_DOUBT} ticks, or while classes have grown for
 * {@value #TICKS_OF_DOUBT_OF_CLASSES} that nobody is known to keep. For one thread.
 */
final class AllocationTracing implements AutoCloseable {

	private static final int TICKS_OF_DOUBT = 8;

	/** Without a suspect there is less reason. */
	private static final int TICKS_OF_DOUBT_OF_CLASSES = 12;

	/** What was sampled tells little before objects have had the time to die. */
	private static final int TICKS_BETWEEN_READINGS = 8;

	/** Chains are dear, and tell more when there is more to be held. */
	private static final int TICKS_BEFORE_CHAINS = 18;

	private static final int TICKS_UNTIL_STOPPED = 40;

	/** The first start loads the recorder. */
	private static final Duration COST_OF_START = Duration.ofSeconds(1);

	/** Until it is measured. */
	private static final Duration COST_OF_READING = Duration.ofMillis(200);

	/** More of the budget would leave too little for the census. */
	private static final double SHARE_OF_BUDGET = 0.25;

	/** Once the lines are known, there is less to be learned. */
	private static final int TICKS_BETWEEN_READINGS_LATER = 40;

	static final double LEAST_CONFIDENCE = 0.25;

	/** Where no class says what to look for, whatever survives may be meant. */
	private static final double LEAST_CONFIDENCE_WITHOUT_CLASS = 0.5;

	private static final Set<SuspectKind> KINDS = Set.of(SuspectKind.HEAP, SuspectKind.CACHE, SuspectKind.FINALIZER,
			SuspectKind.DIRECT_MEMORY, SuspectKind.NATIVE_MEMORY, SuspectKind.CLASS_LOADER);

	private final AllocationSampling probe;

	private final ProbeRunner runner;

	private final Budget budget;

	private final ChainSearch chains;

	private final LongSupplier nanoTime;

	private final Map<String, Traced> traced = new HashMap<>();

	private int ticksOfSuspicion;

	private int ticksOfGrowth;

	private int ticksOfCalm;

	private int ticksSinceReading;

	private int ticksSinceStart;

	private boolean hasSearched;

	private boolean waiting;

	private Duration costOfReading = COST_OF_READING;

	private Instant startedAt = Instant.MAX;

	private long lastReadingNanos;

	/**
	 * Traces nothing yet.
	 * @param probe the recorder
	 * @param runner times what it does
	 * @param budget pays for it
	 * @param maxPause how long the application may stand still
	 * @param nanoTime the time, as {@link System#nanoTime()}
	 */
	AllocationTracing(AllocationSampling probe, ProbeRunner runner, Budget budget, Duration maxPause,
			LongSupplier nanoTime) {
		this.probe = probe;
		this.runner = runner;
		this.budget = budget;
		this.chains = new ChainSearch(probe, maxPause);
		this.nanoTime = nanoTime;
	}

	/**
	 * Goes on, at each tick.
	 * @param suspects those of this tick
	 * @param leads the classes that grow and are kept by nobody knows whom
	 * @param stirring whether there may be such classes soon
	 * @param last the last collection, {@code null} before the first
	 * @param now the tick's moment
	 * @return the suspects, with the lines and holders that are known
	 */
	List<Suspect> trace(List<Suspect> suspects, List<ClassLead> leads, boolean stirring, @Nullable HeapCollection last,
			Instant now) {
		List<Suspect> worth = suspects.stream().filter(AllocationTracing::isAllocated).toList();
		boolean growth = stirring || !leads.isEmpty();
		boolean calm = worth.isEmpty() && !growth;
		this.ticksOfSuspicion = worth.isEmpty() ? 0 : this.ticksOfSuspicion + 1;
		// One histogram after a collection may show less again.
		this.ticksOfGrowth = growth ? this.ticksOfGrowth + 1 : Math.max(0, this.ticksOfGrowth - 1);
		this.ticksOfCalm = calm ? this.ticksOfCalm + 1 : 0;
		this.traced.keySet().retainAll(suspects.stream().map(Suspect::id).toList());
		this.waiting = false;
		if (this.ticksOfCalm >= TICKS_UNTIL_STOPPED) {
			stop();
		}
		else if (!this.probe.isRunning()) {
			startIfWorth(worth, now);
		}
		else {
			readIfDue(worth, leads, last, now);
		}
		return suspects.stream().map(this::complete).toList();
	}

	/** Who holds which of the classes that grow, as of the last search for it. */
	List<Retention> retentions() {
		return this.chains.retentions();
	}

	/**
	 * Whether something waits until the budget pays for it. What is as dear and comes
	 * more often is to wait too, or it would never be paid for.
	 */
	boolean isWaiting() {
		return this.waiting;
	}

	/** Platform threads are few, and hardly ever sampled; virtual ones are not. */
	private static boolean isAllocated(Suspect suspect) {
		Finding finding = suspect.finding();
		return KINDS.contains(finding.kind())
				|| (finding.kind() == SuspectKind.THREAD && !Thread.class.getName().equals(finding.className()));
	}

	private void startIfWorth(List<Suspect> worth, Instant now) {
		boolean wanted = this.ticksOfSuspicion >= TICKS_OF_DOUBT || this.ticksOfGrowth >= TICKS_OF_DOUBT_OF_CLASSES
				|| worth.stream().anyMatch((each) -> each.finding().severity() != Severity.WATCH);
		if (wanted && this.probe.reasonAgainst() == null) {
			this.waiting = !this.budget.affordsLoan(COST_OF_START);
			if (!this.waiting) {
				this.ticksSinceReading = 0;
				this.ticksSinceStart = 0;
				this.hasSearched = false;
				this.lastReadingNanos = this.nanoTime.getAsLong();
				this.startedAt = now;
				this.runner.run("allocations", this.probe::start);
			}
		}
	}

	private void stop() {
		this.chains.forget();
		if (this.probe.isRunning()) {
			this.runner.run("allocations", this.probe::stop);
		}
	}

	private void readIfDue(List<Suspect> worth, List<ClassLead> leads, @Nullable HeapCollection last, Instant now) {
		this.ticksSinceStart++;
		this.ticksSinceReading++;
		if (worth.isEmpty() && leads.isEmpty()) {
			return;
		}
		HeapCollection before = isAnyWithoutHolder(worth, leads) ? last : null;
		boolean first = before != null && !leads.isEmpty() && !this.hasSearched;
		boolean due = (before != null && first) ? isSampledLongEnough(leads, before) : isReadingDue(worth, leads);
		if (!due) {
			return;
		}
		boolean affordable = this.budget.affordsLoan(this.costOfReading);
		this.waiting = first && !affordable;
		if (affordable) {
			this.ticksSinceReading = 0;
			this.hasSearched |= first;
			this.costOfReading = this.runner.run("allocations", () -> read(worth, leads, before, now));
			this.lastReadingNanos = this.nanoTime.getAsLong();
		}
	}

	private static boolean isAnyWithoutHolder(List<Suspect> worth, List<ClassLead> leads) {
		return !leads.isEmpty() || worth.stream().anyMatch((each) -> each.finding().holder() == null);
	}

	/**
	 * Whether the first search for who keeps classes can tell it. Only what was there
	 * before the last collection is told.
	 */
	private boolean isSampledLongEnough(List<ClassLead> leads, HeapCollection last) {
		Duration sampled = Duration.between(this.startedAt, last.at());
		boolean tells = leads.stream()
			.anyMatch((lead) -> sampled.compareTo(lead.doubling().multipliedBy(6).dividedBy(5)) >= 0);
		return this.ticksSinceStart >= (tells ? TICKS_BEFORE_CHAINS : TICKS_BETWEEN_READINGS_LATER);
	}

	private boolean isReadingDue(List<Suspect> worth, List<ClassLead> leads) {
		if (!leads.isEmpty() && this.chains.isWorthARetry() && this.ticksSinceReading >= TICKS_BEFORE_CHAINS) {
			return true;
		}
		boolean known = worth.stream().allMatch((each) -> {
			Traced trace = this.traced.get(each.id());
			return trace != null && trace.site != null;
		}) && this.chains.retentions().size() >= leads.size();
		double nanos = this.chains.patience() * this.costOfReading.toNanos() / (this.budget.share() * SHARE_OF_BUDGET);
		return this.ticksSinceReading >= (known ? TICKS_BETWEEN_READINGS_LATER : TICKS_BETWEEN_READINGS)
				&& this.nanoTime.getAsLong() - this.lastReadingNanos >= nanos;
	}

	private void read(List<Suspect> worth, List<ClassLead> leads, @Nullable HeapCollection last, Instant now)
			throws Exception {
		if (last != null && this.chains.isWorthIt(last.usedBytes())) {
			this.chains.search(leads, last.usedBytes(), now);
		}
		else {
			this.probe.read();
		}
		for (Suspect suspect : worth) {
			if (suspect.finding().className() == null && suspect.finding().severity() == Severity.WATCH) {
				// Whatever survives may be meant, and be something else.
				continue;
			}
			Traced known = this.traced.computeIfAbsent(suspect.id(), (id) -> new Traced());
			Set<String> classes = classes(suspect);
			Instant since = suspect.firstSeen();
			List<AllocationSite> sites = this.probe.sitesOf(classes, since);
			double least = classes.isEmpty() ? LEAST_CONFIDENCE_WITHOUT_CLASS : LEAST_CONFIDENCE;
			String site = likely(sites, least);
			known.site = (site != null) ? site : known.site;
			List<RetainingHolder> holders = this.probe.holdersOf(classes, since);
			if (!holders.isEmpty() && holders.get(0).confidence() >= least) {
				known.holder = holders.get(0).holder();
			}
		}
	}

	/** The likeliest line, {@code null} where that is not likely enough. */
	static @Nullable String likely(List<AllocationSite> sites, double leastConfidence) {
		return (!sites.isEmpty() && sites.get(0).confidence() >= leastConfidence) ? sites.get(0).site() : null;
	}

	private static Set<String> classes(Suspect suspect) {
		String className = suspect.finding().className();
		return (className != null) ? Set.of(className) : Set.of();
	}

	private Suspect complete(Suspect suspect) {
		Traced known = this.traced.get(suspect.id());
		String site = (known != null) ? known.site : null;
		return suspect.with((site != null) ? site : this.chains.siteOf(suspect.finding()),
				(known != null) ? known.holder : null);
	}

	@Override
	public void close() {
		this.probe.close();
	}

	/** What is known of a suspect. */
	private static final class Traced {

		private @Nullable String site;

		private @Nullable String holder;

	}

}
