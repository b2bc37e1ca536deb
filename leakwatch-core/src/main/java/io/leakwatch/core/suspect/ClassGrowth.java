package io.leakwatch.core.suspect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.leakwatch.core.trend.GrowthTest;
import io.leakwatch.core.trend.TimeSeries;
import io.leakwatch.core.trend.Trend;
import io.leakwatch.heap.diff.HeapDiff;
import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;
import org.jspecify.annotations.Nullable;

/**
 * Finds classes whose instances grow from one histogram to the next. Each is to be taken
 * right after a collection, when there is the least garbage.
 *
 * <p>
 * What a histogram counts may still be garbage: objects that were promoted and then died
 * stay until the old generation is collected, and grow just as a leak does meanwhile.
 * {@link SurvivalProof} tells them apart, once there were old collections, and
 * {@link Retentions} where it is known who holds them. Other growth is told, as no more
 * than a watch, of the application's own classes alone: theirs are few, mostly die young,
 * and are what its developers know.
 *
 * <p>
 * A leak shows in many classes at once: the order, its strings, their byte arrays, the
 * nodes of the map that holds them. The class nearest to the application is named, and
 * what grows at the same pace is told as its company. JDK classes are named only where
 * nothing else grows. Classes that only fill caches up to their bound are left out, and
 * with them what other libraries and the JDK have grow at their pace.
 *
 * <p>
 * Keeps {@value #CAPACITY} profiles, of some 160 KB each at the most. For one thread.
 */
public final class ClassGrowth {

	private static final int CAPACITY = 16;

	private static final int MAXIMUM_FINDINGS = 5;

	private static final int LASTING_STREAK = 8;

	private static final int MAXIMUM_COMPANIONS = 4;

	private static final String SIGNAL = "class-histogram";

	private static final String ADVICE = "Find the collection, cache or listener list that keeps these objects, and bound it or remove from it.";

	private static final GrowthTest TEST = new GrowthTest(50, 0.05, 0.8);

	private final List<String> applicationPackages;

	private final Deque<HeapProfile> profiles = new ArrayDeque<>();

	private final IgnoreList ignored;

	private final SurvivalProof proof = new SurvivalProof();

	private final CacheFilling cacheFilling = new CacheFilling(CAPACITY);

	private final Retentions retentions = new Retentions();

	private final Map<String, Integer> streaks = new HashMap<>();

	private List<GrowingClass> candidates = List.of();

	private boolean stirring;

	/**
	 * A detector without profiles.
	 * @param applicationPackages the packages whose classes are the application's own
	 * @param ignored the classes that may grow
	 */
	public ClassGrowth(List<String> applicationPackages, IgnoreList ignored) {
		this.applicationPackages = List.copyOf(applicationPackages);
		this.ignored = ignored;
	}

	/**
	 * Adds a profile and looks at all again. Costs some milliseconds at ten thousand
	 * classes.
	 * @param profile a profile taken right after a collection
	 * @param oldCollectionsSoFar how many old collections there were before it
	 * @param cacheEntries the entries that each cache of a known bound had then
	 */
	public void add(HeapProfile profile, int oldCollectionsSoFar, Map<String, Long> cacheEntries) {
		if (this.profiles.size() == CAPACITY) {
			this.profiles.removeFirst();
		}
		this.profiles.addLast(profile);
		this.proof.add(profile, oldCollectionsSoFar);
		this.cacheFilling.add(cacheEntries);
		this.candidates = (this.profiles.size() < Trend.MINIMUM_POINTS) ? List.of() : withoutFilling(growing());
		this.retentions.follow(this.candidates);
		this.stirring = EarlyGrowth.isSeen(List.copyOf(this.profiles), this.ignored);
		Map<String, Integer> before = Map.copyOf(this.streaks);
		this.streaks.clear();
		for (GrowingClass candidate : this.candidates) {
			if (candidate.proven()) {
				this.streaks.put(candidate.className(), before.getOrDefault(candidate.className(), 0) + 1);
			}
		}
	}

	/**
	 * What changed over the profiles that are kept.
	 * @return the difference of the newest and the oldest, or {@code null} where there
	 * are fewer than two
	 */
	public @Nullable HeapDiff change() {
		return (this.profiles.size() < 2) ? null : HeapDiff.between(this.profiles.getFirst(), this.profiles.getLast());
	}

	/**
	 * The classes that grow now, or the heap as a whole where no class stands out.
	 * @param heap what the live heap as a whole says, {@code null} where it does not grow
	 * @return findings of kind {@link SuspectKind#HEAP}, or {@link SuspectKind#THREAD} of
	 * virtual threads
	 */
	public List<Finding> find(@Nullable HeapEvidence heap) {
		List<GrowingClass> named = new ArrayList<>();
		Set<String> holders = new HashSet<>();
		List<GrowingClass> others = new ArrayList<>(this.candidates);
		others.removeIf((each) -> !each.proven() && each.origin() != ClassOrigin.APPLICATION && !isKept(each));
		boolean beyondJdk = others.stream().anyMatch((each) -> each.origin() != ClassOrigin.JDK);
		while (!others.isEmpty() && named.size() < MAXIMUM_FINDINGS) {
			GrowingClass lead = others.remove(0);
			Retention kept = this.retentions.of(lead, this.candidates);
			boolean telling = lead.origin() != ClassOrigin.JDK || kept != null || (!beyondJdk && named.isEmpty());
			// A second class of the same holder is most likely of the same leak.
			if (telling && (kept == null || holders.add(kept.holder()))) {
				others.removeIf((other) -> other.keepsPaceWith(lead));
				named.add(lead);
			}
		}
		if (named.isEmpty()) {
			return (heap != null) ? List.of(heap.toFinding()) : List.of();
		}
		return named.stream().map((lead) -> finding(lead, heap)).toList();
	}

	/**
	 * The classes that grow now, those that grow together as one, told or not: whose
	 * holders are worth to be looked for.
	 * @return the most telling first
	 */
	public List<ClassLead> leads() {
		List<ClassLead> leads = new ArrayList<>();
		List<GrowingClass> others = new ArrayList<>(this.candidates);
		while (!others.isEmpty() && leads.size() < MAXIMUM_FINDINGS) {
			GrowingClass lead = others.remove(0);
			List<GrowingClass> together = others.stream().filter((other) -> other.keepsPaceWith(lead)).toList();
			others.removeAll(together);
			Set<String> names = new HashSet<>(Set.of(lead.className()));
			Duration doubling = this.retentions.doubling(lead);
			for (GrowingClass other : together) {
				if (other.origin() == lead.origin()) {
					names.add(other.className());
				}
				Duration sooner = this.retentions.doubling(other);
				doubling = (sooner.compareTo(doubling) < 0) ? sooner : doubling;
			}
			leads.add(new ClassLead(lead.className(), names, lead.perMinute(), doubling));
		}
		return leads;
	}

	/**
	 * Takes who holds what grows, in place of what was taken before.
	 * @param retentions what is known of the classes that {@link #leads()} tells
	 */
	public void retained(List<Retention> retentions) {
		this.retentions.replace(retentions);
	}

	/**
	 * Takes who holds what in a heap dump, in place of an earlier one.
	 * @param holders what the dump tells
	 */
	public void dumped(DumpedHolders holders) {
		this.retentions.dumped(holders);
	}

	private boolean isKept(GrowingClass grown) {
		return this.retentions.of(grown, this.candidates) != null;
	}

	/**
	 * Whether any class of the application seems to grow, or any class is proven to,
	 * other than by caches that fill up.
	 * @return whether it is worth to go on looking closely
	 */
	public boolean isGrowing() {
		return this.candidates.stream()
			.anyMatch((candidate) -> candidate.proven() || candidate.origin() == ClassOrigin.APPLICATION);
	}

	/**
	 * Whether some class begins to grow: too little to be told, but a reason to get ready
	 * to look for who holds it.
	 * @return whether one does
	 */
	public boolean isStirring() {
		return this.stirring;
	}

	private List<GrowingClass> growing() {
		List<GrowingClass> growing = new ArrayList<>();
		for (ClassCount newest : this.profiles.getLast().classes()) {
			TimeSeries counts = series(newest);
			if (counts != null) {
				Trend trend = TEST.assess(counts);
				ClassOrigin origin = ClassOrigin.of(newest.className(), this.applicationPackages);
				if (trend.growing() && origin != ClassOrigin.LEAKWATCH && !this.ignored.matches(newest.className())) {
					growing.add(new GrowingClass(newest, counts, trend, origin,
							this.proof.covers(newest.className(), trend.slopePerSecond())));
				}
			}
		}
		growing.sort(GrowingClass.TELLING_FIRST);
		return growing;
	}

	private List<GrowingClass> withoutFilling(List<GrowingClass> growing) {
		List<GrowingClass> filling = growing.stream()
			.filter((candidate) -> this.cacheFilling.explainsCounts(candidate.counts()))
			.toList();
		List<GrowingClass> others = new ArrayList<>(growing);
		others.removeAll(filling);
		others.removeIf((candidate) -> candidate.origin() != ClassOrigin.APPLICATION
				&& filling.stream().anyMatch(candidate::keepsPaceWith));
		return others;
	}

	/**
	 * The counts of a class over the profiles, or {@code null} where its gain is too
	 * small to be looked at.
	 */
	private @Nullable TimeSeries series(ClassCount newest) {
		ClassCount oldest = this.profiles.getFirst().find(newest.className());
		if (newest.count() - ((oldest != null) ? oldest.count() : 0) < TEST.minimumGain()) {
			return null;
		}
		TimeSeries counts = new TimeSeries(CAPACITY);
		for (HeapProfile profile : this.profiles) {
			ClassCount then = profile.find(newest.className());
			counts.add(profile.takenAt(), (then != null) ? then.count() : 0);
		}
		return counts;
	}

	private Finding finding(GrowingClass lead, @Nullable HeapEvidence heap) {
		Instant now = this.profiles.getLast().takenAt();
		Retention kept = this.retentions.of(lead, this.candidates);
		GrowingClass threads = VirtualThreads.growingWith(lead, this.candidates);
		// Of classes that grow together, the one that was told stays told.
		String className = (kept != null) ? kept.className() : lead.className();
		String survival = (kept != null) ? ", kept by " + kept.holder()
				: lead.proven() ? " and survives old collections" : "";
		String title = (threads != null)
				? "Virtual threads grow by %s a minute, and %s with them; there are %s now"
					.formatted(Counts.number(threads.perMinute()), className + survival, Counts.number(threads.count()))
				: "%s grows by %s instances a minute%s; there are %s now".formatted(className,
						Counts.number(lead.perMinute()), survival, Counts.number(lead.count()));
		List<Evidence> evidence = new ArrayList<>();
		evidence.add(new Evidence(SIGNAL, detail(lead), now));
		if (kept != null) {
			evidence.add(kept.evidence());
		}
		if (heap != null) {
			evidence.add(heap.toEvidence());
		}
		return new Finding((threads != null) ? SuspectKind.THREAD : SuspectKind.HEAP, severity(lead, kept, heap),
				lead.trend().confidence(), title, className, (kept != null) ? kept.holder() : null,
				((threads != null) ? threads : lead).count(), ((threads != null) ? threads : lead).perMinute(),
				lead.bytesPerMinute(), List.copyOf(evidence), advice(className, kept, threads));
	}

	private static String advice(String className, @Nullable Retention kept, @Nullable GrowingClass threads) {
		if (threads != null) {
			return VirtualThreads.ADVICE;
		}
		return (kept != null) ? HolderAdvice.of(kept.holder(), className) : ADVICE;
	}

	private Severity severity(GrowingClass lead, @Nullable Retention kept, @Nullable HeapEvidence heap) {
		boolean lasting = this.streaks.getOrDefault(lead.className(), 0) >= LASTING_STREAK;
		if (heap != null && lead.proven()) {
			return lasting ? Severity.CONFIRMED : Severity.PROBABLE;
		}
		// Other work may hide in the heap as a whole what its own class clearly shows.
		boolean clear = lasting && lead.origin() == ClassOrigin.APPLICATION;
		return (kept != null || clear) ? Severity.PROBABLE : Severity.WATCH;
	}

	private String detail(GrowingClass lead) {
		String company = this.candidates.stream()
			.filter((other) -> !other.equals(lead) && other.keepsPaceWith(lead))
			.limit(MAXIMUM_COMPANIONS)
			.map((other) -> "%s (+%s)".formatted(other.className(), Counts.number(other.counts().gain())))
			.collect(Collectors.joining(", "));
		String gain = "+%s instances over %d histograms".formatted(Counts.number(lead.counts().gain()),
				lead.counts().size());
		return company.isEmpty() ? gain : gain + "; at the same pace: " + company;
	}

}
