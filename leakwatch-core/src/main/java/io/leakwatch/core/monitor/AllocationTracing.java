package io.leakwatch.core.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

import io.leakwatch.core.profile.AllocationProbe;
import io.leakwatch.core.profile.AllocationSite;
import io.leakwatch.core.profile.RetainingHolder;
import io.leakwatch.core.suspect.Severity;
import io.leakwatch.core.suspect.Suspect;
import io.leakwatch.core.suspect.SuspectKind;

import org.jspecify.annotations.Nullable;

/**
 * Where suspects are allocated, and who holds those whose holder no other signal tells.
 * The Flight Recorder runs only while there is a suspect that is more than a watch, or
 * has been one for {@value #TICKS_OF_DOUBT} ticks. For one thread.
 */
final class AllocationTracing implements AutoCloseable {

	private static final int TICKS_OF_DOUBT = 8;

	/** What was sampled tells little before objects have had the time to die. */
	private static final int TICKS_BETWEEN_READINGS = 8;

	private static final int TICKS_UNTIL_STOPPED = 40;

	/** The first start loads the recorder. */
	private static final Duration COST_OF_START = Duration.ofSeconds(1);

	/** Until it is measured. */
	private static final Duration COST_OF_READING = Duration.ofMillis(200);

	/** More of the budget would leave too little for the census. */
	private static final double SHARE_OF_BUDGET = 0.25;

	/** Once the lines are known, there is less to be learned. */
	private static final int TICKS_BETWEEN_READINGS_LATER = 40;

	private static final double LEAST_CONFIDENCE = 0.25;

	/** Where no class says what to look for, whatever survives may be meant. */
	private static final double LEAST_CONFIDENCE_WITHOUT_CLASS = 0.5;

	private static final Set<SuspectKind> KINDS = Set.of(SuspectKind.HEAP, SuspectKind.CACHE, SuspectKind.FINALIZER,
			SuspectKind.DIRECT_MEMORY, SuspectKind.NATIVE_MEMORY, SuspectKind.CLASS_LOADER);

	private final AllocationProbe probe;

	private final ProbeRunner runner;

	private final Budget budget;

	private final Duration maxPause;

	private final LongSupplier usedBytes;

	private final Map<String, Traced> traced = new HashMap<>();

	private int ticksOfSuspicion;

	private int ticksOfCalm;

	private int ticksSinceReading;

	private boolean waiting;

	private Duration costOfReading = COST_OF_READING;

	private long lastReadingAt;

	/**
	 * Traces nothing yet.
	 * @param probe the recorder
	 * @param runner times what it does
	 * @param budget pays for it
	 * @param maxPause how long the application may stand still
	 * @param usedBytes the heap that is in use
	 */
	AllocationTracing(AllocationProbe probe, ProbeRunner runner, Budget budget, Duration maxPause,
			LongSupplier usedBytes) {
		this.probe = probe;
		this.runner = runner;
		this.budget = budget;
		this.maxPause = maxPause;
		this.usedBytes = usedBytes;
	}

	/**
	 * Goes on, at each tick.
	 * @param suspects those of this tick
	 * @return the same, with the lines and holders that are known
	 */
	List<Suspect> trace(List<Suspect> suspects) {
		List<Suspect> worth = suspects.stream().filter((each) -> KINDS.contains(each.finding().kind())).toList();
		this.ticksOfSuspicion = worth.isEmpty() ? 0 : this.ticksOfSuspicion + 1;
		this.ticksOfCalm = worth.isEmpty() ? this.ticksOfCalm + 1 : 0;
		this.traced.keySet().retainAll(suspects.stream().map(Suspect::id).toList());
		this.waiting = false;
		if (this.ticksOfCalm >= TICKS_UNTIL_STOPPED) {
			if (this.probe.isRunning()) {
				this.runner.run("allocations", this.probe::stop);
			}
		}
		else if (!this.probe.isRunning()) {
			startIfWorth(worth);
		}
		else if (!worth.isEmpty() && isReadingDue(worth) && this.budget.affordsLoan(this.costOfReading)) {
			this.ticksSinceReading = 0;
			this.costOfReading = this.runner.run("allocations", () -> read(worth));
			this.lastReadingAt = System.nanoTime();
		}
		return suspects.stream().map(this::complete).toList();
	}

	/**
	 * Whether the start waits until the budget pays for it. What is as dear and comes
	 * more often is to wait too, or it would never be paid for.
	 */
	boolean isWaiting() {
		return this.waiting;
	}

	private boolean isReadingDue(List<Suspect> worth) {
		boolean known = worth.stream().allMatch((each) -> {
			Traced trace = this.traced.get(each.id());
			return trace != null && trace.site != null;
		});
		double nanos = this.costOfReading.toNanos() / (this.budget.share() * SHARE_OF_BUDGET);
		return ++this.ticksSinceReading >= (known ? TICKS_BETWEEN_READINGS_LATER : TICKS_BETWEEN_READINGS)
				&& System.nanoTime() - this.lastReadingAt >= nanos;
	}

	private void startIfWorth(List<Suspect> worth) {
		boolean wanted = this.ticksOfSuspicion >= TICKS_OF_DOUBT
				|| worth.stream().anyMatch((each) -> each.finding().severity() != Severity.WATCH);
		if (wanted && this.probe.reasonAgainst() == null) {
			this.waiting = !this.budget.affordsLoan(COST_OF_START);
			if (!this.waiting) {
				this.ticksSinceReading = 0;
				this.lastReadingAt = System.nanoTime();
				this.runner.run("allocations", this.probe::start);
			}
		}
	}

	private void read(List<Suspect> worth) throws Exception {
		long used = this.usedBytes.getAsLong();
		if (worth.stream().anyMatch((each) -> each.finding().holder() == null) && mayStopFor(used)) {
			this.probe.readChains(used);
		}
		else {
			this.probe.read();
		}
		for (Suspect suspect : worth) {
			Traced known = this.traced.computeIfAbsent(suspect.id(), (id) -> new Traced());
			Set<String> classes = classes(suspect);
			Instant since = suspect.firstSeen();
			List<AllocationSite> sites = this.probe.sitesOf(classes, since);
			double least = classes.isEmpty() ? LEAST_CONFIDENCE_WITHOUT_CLASS : LEAST_CONFIDENCE;
			if (!sites.isEmpty() && sites.get(0).confidence() >= least) {
				known.site = sites.get(0).site();
			}
			List<RetainingHolder> holders = this.probe.holdersOf(classes, since);
			if (!holders.isEmpty() && holders.get(0).confidence() >= least) {
				known.holder = holders.get(0).holder();
			}
		}
	}

	private boolean mayStopFor(long used) {
		Duration stall = this.probe.predictStall(used);
		if (stall.compareTo(this.maxPause) > 0) {
			this.probe.doubtPrediction();
			return false;
		}
		return this.budget.affordsLoan(stall);
	}

	private static Set<String> classes(Suspect suspect) {
		String className = suspect.finding().className();
		return (className != null) ? Set.of(className) : Set.of();
	}

	private Suspect complete(Suspect suspect) {
		Traced known = this.traced.get(suspect.id());
		return (known != null) ? suspect.with(known.site, known.holder) : suspect;
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
