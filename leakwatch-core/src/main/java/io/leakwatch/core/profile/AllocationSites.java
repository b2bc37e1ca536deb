package io.leakwatch.core.profile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ranks the lines of code that allocate what survives of some classes. Old objects
 * decide, weighed by {@linkplain Age age}. An object of the JDK counts fully where
 * objects of the classes come from as well, and little elsewhere. Where old objects tell
 * hardly anything, as on ZGC and Shenandoah, sampled allocations of the classes are told
 * beside them, with little confidence.
 */
final class AllocationSites {

	private static final int MOST = 10;

	/** So many samples are half the certainty that samples can give. */
	private static final double HALF_CERTAIN = 2;

	/** An allocation says nothing of what becomes of the object. */
	private static final double MOST_BY_ALLOCATIONS = 0.3;

	/** Less is noise. */
	private static final double LEAST_CONFIDENCE = 0.005;

	private static final Comparator<AllocationSite> LIKELIEST_FIRST = Comparator
		.comparingDouble(AllocationSite::confidence)
		.reversed()
		.thenComparing(AllocationSite::site);

	private final SiteFinder finder;

	AllocationSites(SiteFinder finder) {
		this.finder = finder;
	}

	List<AllocationSite> rank(Collection<OldSample> samples, Collection<AllocationSample> allocations,
			Set<String> classes, Age age) {
		List<AllocationSite> sites = ofSurvivors(samples, classes, age);
		if (sites.isEmpty() || sites.get(0).confidence() < MOST_BY_ALLOCATIONS) {
			for (AllocationSite allocated : ofAllocations(allocations, classes)) {
				if (sites.stream().noneMatch((survivor) -> survivor.site().equals(allocated.site()))) {
					sites.add(allocated);
				}
			}
			sites.sort(LIKELIEST_FIRST);
		}
		return List.copyOf(sites.subList(0, Math.min(MOST, sites.size())));
	}

	private List<AllocationSite> ofSurvivors(Collection<OldSample> samples, Set<String> classes, Age age) {
		Relevance relevance = new Relevance(classes);
		Map<CodeLine, Tally> tallies = new HashMap<>();
		for (OldSample sample : samples) {
			CodeLine site = this.finder.find(sample.stack(), classes);
			double relevant = relevance.of(sample.className(), sample.stack(), sample.chain());
			if (site != null && relevant > 0) {
				double weight = age.weight(sample);
				tallies.computeIfAbsent(site, (line) -> new Tally()).add(sample.className(), weight, weight, relevant);
			}
		}
		return ranked(tallies, 1, true);
	}

	private List<AllocationSite> ofAllocations(Collection<AllocationSample> allocations, Set<String> classes) {
		Relevance relevance = new Relevance(classes);
		Map<CodeLine, Tally> tallies = new HashMap<>();
		for (AllocationSample sample : allocations) {
			CodeLine site = this.finder.find(sample.stack(), classes);
			double relevant = relevance.of(sample.className(), sample.stack(), null);
			// What else is allocated is mostly garbage.
			if (site != null && relevant > Relevance.POSSIBLE) {
				tallies.computeIfAbsent(site, (line) -> new Tally())
					.add(sample.className(), sample.bytes(), 1, relevant);
			}
		}
		return ranked(tallies, MOST_BY_ALLOCATIONS, false);
	}

	private static List<AllocationSite> ranked(Map<CodeLine, Tally> tallies, double most, boolean survived) {
		double total = tallies.values().stream().mapToDouble(Tally::weight).sum();
		List<AllocationSite> sites = new ArrayList<>();
		tallies.forEach((line, tally) -> {
			double share = (total > 0) ? tally.weight() / total : 0;
			double confidence = most * share * tally.certainty();
			if (confidence >= LEAST_CONFIDENCE) {
				sites.add(new AllocationSite(line.inWords(), tally.className(), tally.samples(), share, confidence,
						survived));
			}
		});
		sites.sort(LIKELIEST_FIRST);
		return sites;
	}

	/** What was sampled at a line. */
	private static final class Tally {

		private final Map<String, Integer> classNames = new HashMap<>();

		private double weight;

		private double evidence;

		private double relevance;

		void add(String className, double weight, double evidence, double relevance) {
			this.classNames.merge(className, 1, Integer::sum);
			this.weight += weight;
			this.evidence += evidence;
			// One object of the classes tells what the line's other objects are for.
			this.relevance = Math.max(this.relevance, relevance);
		}

		double weight() {
			return this.weight * this.relevance;
		}

		double certainty() {
			return this.relevance * this.evidence / (this.evidence + HALF_CERTAIN);
		}

		int samples() {
			return this.classNames.values().stream().mapToInt(Integer::intValue).sum();
		}

		String className() {
			return this.classNames.entrySet()
				.stream()
				.max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
				.map(Map.Entry::getKey)
				.orElseThrow();
		}

	}

}
