package io.leakwatch.core.monitor;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.core.profile.AllocationSampling;
import io.leakwatch.core.profile.AllocationSite;
import io.leakwatch.core.profile.RetainingHolder;
import io.leakwatch.core.suspect.ClassLead;
import io.leakwatch.core.suspect.Evidence;
import io.leakwatch.core.suspect.Finding;
import io.leakwatch.core.suspect.Retention;
import org.jspecify.annotations.Nullable;

/**
 * The search for who keeps classes that grow, by the chains of sampled objects to their
 * GC roots. That tells a holder wherever it is, in the JDK too, where a census cannot
 * look. The application stands still meanwhile, so the search is ended in time for the
 * longest pause; what is near to the roots was found by then. For one thread.
 */
final class ChainSearch {

	/** Of what the search has reached, the share that one holder must have. */
	private static final double LEAST_SHARE = 0.5;

	/** Of what a collection has left, garbage and what was not reached included. */
	private static final double LEAST_KEPT_SHARE = 0.1;

	/** A search that is ended before it has seen so much of the heap finds too little. */
	private static final int SHORTEST_PART = 4;

	private static final int MOST_RETRIES = 2;

	/** After so many searches in vain, what was found before them counts no more. */
	private static final int MOST_IN_VAIN = 4;

	private final AllocationSampling probe;

	private final Duration maxPause;

	private List<Kept> kept = List.of();

	private int inVain;

	ChainSearch(AllocationSampling probe, Duration maxPause) {
		this.probe = probe;
		this.maxPause = maxPause;
	}

	/** Whether a search that is ended in time sees enough of the heap. */
	boolean isWorthIt(long heapBytes) {
		if (this.maxPause.isZero()) {
			return false;
		}
		Duration whole = this.probe.predictStall(heapBytes);
		if (whole.compareTo(this.maxPause.multipliedBy(SHORTEST_PART)) > 0) {
			this.probe.doubtPrediction();
			return false;
		}
		return true;
	}

	/** Searches, and forgets what was found before and is disproved now. */
	void search(List<ClassLead> leads, long heapBytes, Instant now) throws IOException {
		// The JVM looks at the clock now and then, and has to begin and to end.
		this.probe.readChains(heapBytes, this.maxPause.multipliedBy(3).dividedBy(4));
		List<Kept> found = new ArrayList<>();
		List<Kept> notDisproved = new ArrayList<>();
		for (ClassLead lead : leads) {
			// Since sampling began, so that all that was sampled counts.
			List<RetainingHolder> holders = this.probe.holdersOf(lead.classNames(), Instant.EPOCH);
			Retention retention = retention(lead, holders, now);
			if (retention != null) {
				List<AllocationSite> sites = this.probe.sitesOf(lead.classNames(), Instant.EPOCH);
				found.add(new Kept(retention, AllocationTracing.likely(sites, AllocationTracing.LEAST_CONFIDENCE)));
			}
			else {
				notDisproved.addAll(notDisproved(lead, holders));
			}
		}
		if (!leads.isEmpty()) {
			this.inVain = found.isEmpty() ? Math.min(this.inVain + 1, MOST_IN_VAIN) : 0;
		}
		if (this.inVain < MOST_IN_VAIN) {
			found.addAll(notDisproved);
		}
		this.kept = found;
	}

	/**
	 * What was found before and may be so still: in a larger heap a search that is ended
	 * in time reaches less, and says nothing of the rest.
	 */
	private List<Kept> notDisproved(ClassLead lead, List<RetainingHolder> holders) {
		double notReached = 1 - holders.stream().mapToDouble(RetainingHolder::keptShare).sum();
		return this.kept.stream()
			.filter((each) -> lead.classNames().contains(each.retention().className()))
			.filter((each) -> notReached >= each.retention().keptShare())
			.toList();
	}

	void forget() {
		this.kept = List.of();
		this.inVain = 0;
	}

	/** Who keeps which class, as of the last search. */
	List<Retention> retentions() {
		return this.kept.stream().map(Kept::retention).toList();
	}

	/**
	 * Whether the last search may have been ended too soon, on a busy machine, and is
	 * worth to be tried again before long.
	 */
	boolean isWorthARetry() {
		return this.inVain > 0 && this.inVain <= MOST_RETRIES;
	}

	/** How many times as long to wait for the next one, where the last were in vain. */
	int patience() {
		return 1 << this.inVain;
	}

	/** The line that allocates what was found to be kept, {@code null} where unknown. */
	@Nullable String siteOf(Finding finding) {
		for (Kept each : this.kept) {
			if (each.retention().className().equals(finding.className())
					&& each.retention().holder().equals(finding.holder())) {
				return each.site();
			}
		}
		return null;
	}

	/** Who surely keeps some classes, as far as samples tell. */
	private static @Nullable Retention retention(ClassLead lead, List<RetainingHolder> holders, Instant now) {
		RetainingHolder first = holders.isEmpty() ? null : holders.get(0);
		Duration keptFor = (first != null) ? first.keptFor() : null;
		if (first == null || keptFor == null || first.share() < LEAST_SHARE || first.keptShare() < LEAST_KEPT_SHARE) {
			return null;
		}
		Evidence evidence = new Evidence("gc-root-chains",
				"%d of the sampled objects, %.0f %%, are held by %s; it has given up nothing for %d s"
					.formatted(first.samples(), 100 * first.keptShare(), first.holder(), keptFor.toSeconds()),
				now);
		return new Retention(lead.className(), first.holder(), first.keptShare(), keptFor, evidence);
	}

	/** Who keeps a class, and where it is allocated. */
	private record Kept(Retention retention, @Nullable String site) {
	}

}
