package io.leakwatch.core.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Ranks the holders of what survives, by the chains of old objects to their GC roots: the
 * place where most of them meet comes first, weighed by {@linkplain Age age}; what it
 * explains is taken out before the next one is looked for.
 */
final class RootChains {

	private static final int MOST = 5;

	/** What is left then is noise. */
	private static final double LEAST_SHARE = 0.02;

	/** So much weight, which is that of as many old samples, is half the certainty. */
	private static final double HALF_CERTAIN = 2;

	/** A place where nothing piles up may hold just what it should. */
	private static final double WITHOUT_PILE = 0.5;

	private final Age age;

	/** How much all that is relevant counts, whether its chain was found or not. */
	private double relevant;

	private RootChains(Age age) {
		this.age = age;
	}

	/**
	 * Ranks holders.
	 * @param samples all that has survived a collection; what has no chain is garbage, or
	 * was not reached in time
	 * @param classes what is asked for
	 * @param age what a sample's age tells
	 */
	static List<RetainingHolder> rank(Collection<OldSample> samples, Set<String> classes, Age age) {
		return new RootChains(age).rank(samples, new Relevance(classes));
	}

	private List<RetainingHolder> rank(Collection<OldSample> samples, Relevance relevance) {
		List<Weighed> left = new ArrayList<>();
		for (OldSample sample : samples) {
			if (isOwn(sample)) {
				continue;
			}
			double relevant = relevance.of(sample.className(), sample.stack(), sample.chain());
			double weight = relevant * this.age.weight(sample);
			this.relevant += relevant;
			if (sample.chain() != null && weight > 0) {
				left.add(new Weighed(FoldedChain.of(sample.chain()), sample, relevant, weight));
			}
		}
		double total = weight(left);
		List<RetainingHolder> holders = new ArrayList<>();
		Set<String> told = new HashSet<>();
		while (weight(left) > LEAST_SHARE * total && holders.size() < MOST) {
			RetainingHolder holder = next(left, total);
			// Else the rest of one that was told, by another way inside of it.
			if (told.add(holder.holder())) {
				holders.add(holder);
			}
		}
		return List.copyOf(holders);
	}

	/** The heaviest holder, whose samples are taken out. */
	private RetainingHolder next(List<Weighed> left, double total) {
		Map<String, HolderTree> trees = new LinkedHashMap<>();
		for (Weighed each : left) {
			ChainBeginning beginning = each.chain().beginning();
			trees.computeIfAbsent(beginning.words(), (words) -> HolderTree.of(beginning))
				.add(each.chain(), each.weight());
		}
		Map.Entry<String, HolderTree> heaviest = trees.entrySet()
			.stream()
			.max(Map.Entry.comparingByValue(Comparator.comparingDouble(HolderTree::weight)))
			.orElseThrow();
		HolderTree.Point point = heaviest.getValue().point();
		List<Weighed> held = left.stream()
			.filter((each) -> each.chain().beginning().words().equals(heaviest.getKey())
					&& point.isPassedBy(each.chain()))
			.toList();
		left.removeAll(held);
		double weight = weight(held);
		double certainty = (point.pilesUp() ? 1 : WITHOUT_PILE) * weight / (weight + HALF_CERTAIN);
		return new RetainingHolder(point.words(), held.get(0).chain().beginning().beanClass(), mostSampled(held),
				held.size(), weight / total, certainty * weight / total,
				held.stream().mapToDouble(Weighed::relevance).sum() / this.relevant,
				point.pilesUp() ? keptFor(held) : null);
	}

	/** Told by what is surely meant. */
	private @Nullable Duration keptFor(List<Weighed> held) {
		return this.age.keptFor(
				held.stream().filter((each) -> each.relevance() == Relevance.DIRECT).map(Weighed::sample).toList());
	}

	/** What LeakWatch keeps is bounded, and fills after a start. */
	private static boolean isOwn(OldSample sample) {
		RootChain chain = sample.chain();
		return SiteFinder.isOwn(sample.stack())
				|| (chain != null && chain.steps().stream().anyMatch((step) -> SiteFinder.isOwn(step.className())));
	}

	private static double weight(List<Weighed> samples) {
		return samples.stream().mapToDouble(Weighed::weight).sum();
	}

	private static String mostSampled(List<Weighed> samples) {
		Map<String, Integer> counts = new HashMap<>();
		samples.forEach((each) -> counts.merge(each.sample().className(), 1, Integer::sum));
		return counts.entrySet()
			.stream()
			.max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
			.map(Map.Entry::getKey)
			.orElseThrow();
	}

	/** A sample's chain, and what it counts, regardless of its age and with it. */
	private record Weighed(FoldedChain chain, OldSample sample, double relevance, double weight) {
	}

}
