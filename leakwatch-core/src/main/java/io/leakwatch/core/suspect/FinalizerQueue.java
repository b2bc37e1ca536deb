package io.leakwatch.core.suspect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.core.signal.FinalizerBacklog;
import io.leakwatch.core.trend.Trend;
import org.jspecify.annotations.Nullable;

/**
 * Watches the objects whose finalizer is due. There are none for long where finalizers
 * work: many that get no fewer from tick to tick mean that one of them stands still, and
 * all others behind it. They get more only when the heap is collected, so that the number
 * rises in steps, of which two are asked for. For one thread.
 */
public final class FinalizerQueue {

	private static final String REFERENCE = "java.lang.ref.Finalizer";

	private static final String SIGNAL = "finalizer-queue";

	private static final int MANY = 100;

	private static final int TICKS_TO_BE_STUCK = 2 * Trend.MINIMUM_POINTS;

	private static final Duration LEAST_TO_BE_STUCK = Duration.ofSeconds(25);

	private final GaugeGrowth growth = new GaugeGrowth(1000, 0.2, 0.6);

	/** Since when it is stuck, {@code null} for not at all. */
	private @Nullable Instant stuckSince;

	private int countThen;

	private int count;

	private int ticks;

	private int rises;

	private @Nullable FinalizerBacklog backlog;

	/**
	 * A queue that was not looked at yet.
	 */
	public FinalizerQueue() {
	}

	/**
	 * Takes the number of a tick.
	 * @param at its moment
	 * @param pending objects whose finalizer is due
	 */
	public void add(Instant at, int pending) {
		this.growth.add(at, pending);
		if (pending < MANY || pending < this.count) {
			this.stuckSince = null;
		}
		else if (this.stuckSince == null) {
			this.stuckSince = at;
			this.countThen = pending;
			this.ticks = 0;
			this.rises = 0;
		}
		else {
			this.ticks++;
			this.rises += (pending > this.count) ? 1 : 0;
		}
		this.count = pending;
	}

	/**
	 * Whether it is worth to look what waits.
	 * @return whether many wait, and that not for the first time
	 */
	public boolean isWorthALook() {
		return this.count >= MANY && (this.ticks > 0 || this.growth.trend().growing());
	}

	/**
	 * Takes what waits.
	 * @param latest what was read last
	 */
	public void add(FinalizerBacklog latest) {
		this.backlog = latest;
	}

	/**
	 * What is to be told.
	 * @param now the moment
	 * @return a finding, or none
	 */
	public List<Finding> find(Instant now) {
		Instant since = this.stuckSince;
		Duration stuckFor = (since != null) ? Duration.between(since, now) : Duration.ZERO;
		boolean stuck = this.ticks >= TICKS_TO_BE_STUCK && stuckFor.compareTo(LEAST_TO_BE_STUCK) >= 0;
		Severity severity = severity(stuck);
		if (severity == null) {
			return List.of();
		}
		double perMinute = stuck ? (this.count - this.countThen) * 60_000.0 / stuckFor.toMillis()
				: this.growth.trend().slopePerMinute();
		String title = "%s objects wait for their finalizer, and %s".formatted(Counts.number((long) this.count),
				stuck ? "none was finalized for %s s".formatted(stuckFor.toSeconds())
						: Counts.number(perMinute) + " more do each minute");
		List<Evidence> evidence = new ArrayList<>();
		evidence.add(new Evidence(SIGNAL,
				"%s objects more over %d points in %d s".formatted(Counts.number(this.growth.series().gain()),
						this.growth.series().size(), this.growth.series().span().toSeconds()),
				now));
		FinalizerBacklog known = this.backlog;
		if (known != null && known.className() != null) {
			evidence.add(new Evidence(SIGNAL,
					"%s of those that wait are %s".formatted(Counts.number((long) known.count()), known.className()),
					now));
		}
		if (known != null && known.finalizing() != null) {
			evidence.add(new Evidence("finalizer-thread", "It is in the finalizer at " + known.line(), now));
		}
		return List.of(new Finding(SuspectKind.FINALIZER, severity, this.growth.trend().confidence(), title,
				className(known, stuck), "static " + REFERENCE + ".queue (java.lang.ref.ReferenceQueue)",
				(long) this.count, perMinute, null, List.copyOf(evidence),
				"A finalizer blocks (a stack dump of the thread 'Finalizer' shows where), or objects with one are made faster than they are finalized: close them instead."));
	}

	/** The class in whose finalizer the thread stands still, else what waits. */
	private static String className(@Nullable FinalizerBacklog known, boolean stuck) {
		String finalizing = (known != null && stuck) ? known.finalizing() : null;
		String waiting = (known != null) ? known.className() : null;
		return (finalizing != null) ? finalizing : (waiting != null) ? waiting : REFERENCE;
	}

	private @Nullable Severity severity(boolean stuck) {
		Severity byGrowth = this.growth.severity();
		if (stuck && this.rises >= 2) {
			return Severity.PROBABLE;
		}
		// It follows the traffic too: a morning's ramp is no proof.
		return (byGrowth == Severity.CONFIRMED) ? Severity.PROBABLE
				: (byGrowth == null && stuck) ? Severity.WATCH : byGrowth;
	}

}
