package io.leakwatch.core.suspect;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * {@link SurvivalProof} tells them apart, once there were old collections. Unproven
 * growth is told, as no more than a watch, of the application's own classes alone: theirs
 * are few, mostly die young, and are what its developers know.
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

	private static final int STREAK_TO_BE_CONFIRMED = 8;

	private static final int MAXIMUM_COMPANIONS = 4;

	private static final String SIGNAL = "class-histogram";

	private static final GrowthTest TEST = new GrowthTest(50, 0.05, 0.8);

	private final List<String> applicationPackages;

	private final Deque<HeapProfile> profiles = new ArrayDeque<>();

	private final IgnoreList ignored;

	private final SurvivalProof proof = new SurvivalProof();

	private final CacheFilling cacheFilling = new CacheFilling(CAPACITY);

	private final Map<String, Integer> streaks = new HashMap<>();

	private List<Candidate> candidates = List.of();

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
		Map<String, Integer> before = Map.copyOf(this.streaks);
		this.streaks.clear();
		for (Candidate candidate : this.candidates) {
			if (candidate.proven) {
				this.streaks.put(candidate.className, before.getOrDefault(candidate.className, 0) + 1);
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
	 * @return findings of kind {@link SuspectKind#HEAP}
	 */
	public List<Finding> find(@Nullable HeapEvidence heap) {
		List<Candidate> named = new ArrayList<>();
		List<Candidate> others = new ArrayList<>(this.candidates);
		others.removeIf((candidate) -> !candidate.proven && candidate.origin != ClassOrigin.APPLICATION);
		boolean beyondJdk = others.stream().anyMatch((candidate) -> candidate.origin != ClassOrigin.JDK);
		while (!others.isEmpty() && named.size() < MAXIMUM_FINDINGS) {
			Candidate lead = others.remove(0);
			if (lead.origin == ClassOrigin.JDK && (beyondJdk || !named.isEmpty())) {
				break;
			}
			others.removeIf((other) -> other.keepsPaceWith(lead));
			named.add(lead);
		}
		if (named.isEmpty()) {
			return (heap != null) ? List.of(heap.toFinding()) : List.of();
		}
		return named.stream().map((lead) -> finding(lead, heap)).toList();
	}

	/**
	 * Whether any class of the application seems to grow, or any class is proven to,
	 * other than by caches that fill up.
	 * @return whether it is worth to go on looking closely
	 */
	public boolean isGrowing() {
		return this.candidates.stream()
			.anyMatch((candidate) -> candidate.proven || candidate.origin == ClassOrigin.APPLICATION);
	}

	private List<Candidate> growing() {
		List<Candidate> growing = new ArrayList<>();
		for (ClassCount newest : this.profiles.getLast().classes()) {
			TimeSeries counts = series(newest);
			if (counts != null) {
				Trend trend = TEST.assess(counts);
				ClassOrigin origin = ClassOrigin.of(newest.className(), this.applicationPackages);
				if (trend.growing() && origin != ClassOrigin.LEAKWATCH && !this.ignored.matches(newest.className())) {
					growing.add(new Candidate(newest, counts, trend, origin,
							this.proof.covers(newest.className(), trend.slopePerSecond())));
				}
			}
		}
		growing.sort(Candidate.TELLING_FIRST);
		return growing;
	}

	private List<Candidate> withoutFilling(List<Candidate> growing) {
		List<Candidate> filling = growing.stream()
			.filter((candidate) -> this.cacheFilling.explainsCounts(candidate.counts))
			.toList();
		List<Candidate> others = new ArrayList<>(growing);
		others.removeAll(filling);
		others.removeIf((candidate) -> candidate.origin != ClassOrigin.APPLICATION
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

	private Finding finding(Candidate lead, @Nullable HeapEvidence heap) {
		Instant now = this.profiles.getLast().takenAt();
		int streak = this.streaks.getOrDefault(lead.className, 0);
		Severity severity = (heap == null || !lead.proven) ? Severity.WATCH
				: (streak >= STREAK_TO_BE_CONFIRMED) ? Severity.CONFIRMED : Severity.PROBABLE;
		String title = "%s grows by %s instances a minute%s; there are %s now".formatted(lead.className,
				Counts.number(lead.perMinute()), lead.proven ? " and survives old collections" : "",
				Counts.number(lead.count));
		List<Evidence> evidence = new ArrayList<>();
		evidence.add(new Evidence(SIGNAL, detail(lead), now));
		if (heap != null) {
			evidence.add(heap.toEvidence());
		}
		return new Finding(SuspectKind.HEAP, severity, lead.trend.confidence(), title, lead.className, null, lead.count,
				lead.perMinute(), lead.bytesPerMinute(), List.copyOf(evidence),
				"Find the collection, cache or listener list that keeps these objects, and bound it or remove from it.");
	}

	private String detail(Candidate lead) {
		String company = this.candidates.stream()
			.filter((other) -> other != lead && other.keepsPaceWith(lead))
			.limit(MAXIMUM_COMPANIONS)
			.map((other) -> "%s (+%s)".formatted(other.className, Counts.number(other.counts.gain())))
			.collect(Collectors.joining(", "));
		String gain = "+%s instances over %d histograms".formatted(Counts.number(lead.counts.gain()),
				lead.counts.size());
		return company.isEmpty() ? gain : gain + "; at the same pace: " + company;
	}

	/** A class that grows. */
	private static final class Candidate {

		private static final Comparator<Candidate> TELLING_FIRST = Comparator
			.comparing((Candidate candidate) -> candidate.origin)
			.thenComparing(Comparator.comparingDouble(Candidate::bytesPerMinute).reversed())
			.thenComparing((candidate) -> candidate.className);

		private final String className;

		private final long count;

		private final double bytesPerInstance;

		private final TimeSeries counts;

		private final Trend trend;

		private final ClassOrigin origin;

		private final boolean proven;

		private Candidate(ClassCount newest, TimeSeries counts, Trend trend, ClassOrigin origin, boolean proven) {
			this.className = newest.className();
			this.count = newest.count();
			this.bytesPerInstance = (double) newest.shallowBytes() / Math.max(1, newest.count());
			this.counts = counts;
			this.trend = trend;
			this.origin = origin;
			this.proven = proven;
		}

		private double perMinute() {
			return this.trend.slopePerMinute();
		}

		private double bytesPerMinute() {
			return perMinute() * this.bytesPerInstance;
		}

		/**
		 * Whether this class gains a small whole multiple of the other's gain, within a
		 * seventh.
		 */
		private boolean keepsPaceWith(Candidate other) {
			double ratio = this.counts.gain() / other.counts.gain();
			long multiple = Math.round(ratio);
			return multiple >= 1 && multiple <= 3 && Math.abs(ratio - multiple) <= multiple / 7.0;
		}

	}

}
