package io.leakwatch.heap.diff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.LoaderUse;

/**
 * What changed between two profiles of the same or of a like service. A class that only
 * one of them names counts as zero in the other.
 *
 * @param before the earlier profile
 * @param after the later profile
 * @param classes every class whose count or bytes changed, the most bytes gained first,
 * then the most instances
 * @param paths the places where the heap has grown, each once, the most bytes gained
 * first; none where one of the profiles has no paths
 * @param loaders the class loaders whose number or use changed, the most classes gained
 * first; none where one of the profiles tells of no loaders
 * @param beans the Spring beans whose use changed, the most held bytes gained first; none
 * where one of the profiles tells of no beans
 */
public record HeapDiff(HeapProfile before, HeapProfile after, List<ClassDelta> classes, List<PathDelta> paths,
		List<LoaderDelta> loaders, List<BeanDelta> beans) {

	private static final Comparator<ClassDelta> MOST_GROWN_FIRST = Comparator
		.comparingLong(ClassDelta::shallowBytesDelta)
		.thenComparingLong(ClassDelta::countDelta)
		.reversed()
		.thenComparing(ClassDelta::className);

	private static final Comparator<LoaderDelta> MOST_LOADED_FIRST = Comparator
		.comparingLong(LoaderDelta::classCountDelta)
		.thenComparingLong(LoaderDelta::retainedBytesDelta)
		.thenComparingLong(LoaderDelta::shallowBytesDelta)
		.reversed()
		.thenComparing(LoaderDelta::name)
		.thenComparing(LoaderDelta::className);

	/**
	 * Compares two profiles, by class whatever they are made of, by path and class loader
	 * where both are of heap dumps. Takes time in proportion to the rows of both.
	 * @param before the earlier profile
	 * @param after the later profile
	 * @return the difference
	 */
	public static HeapDiff between(HeapProfile before, HeapProfile after) {
		boolean hasPaths = before.paths().size() > 1 && after.paths().size() > 1;
		MatchedPaths matched = MatchedPaths.of(before.paths(), after.paths());
		List<PathDelta> paths = hasPaths ? GrowingPaths.find(matched, (node) -> true) : List.of();
		long allGrowth = hasPaths ? matched.allGrowth() : 0;
		return new HeapDiff(before, after, classes(before, after), paths, loaders(before, after, allGrowth),
				BeanDeltas.between(before, after, paths, allGrowth));
	}

	private static List<ClassDelta> classes(HeapProfile before, HeapProfile after) {
		List<ClassDelta> deltas = new ArrayList<>();
		for (ClassCount now : after.classes()) {
			ClassCount then = before.find(now.className());
			long count = (then != null) ? then.count() : 0;
			long bytes = (then != null) ? then.shallowBytes() : 0;
			if (count != now.count() || bytes != now.shallowBytes()) {
				deltas.add(new ClassDelta(now.className(), count, now.count(), bytes, now.shallowBytes()));
			}
		}
		for (ClassCount then : before.classes()) {
			if (after.find(then.className()) == null) {
				deltas.add(new ClassDelta(then.className(), then.count(), 0, then.shallowBytes(), 0));
			}
		}
		deltas.sort(MOST_GROWN_FIRST);
		return List.copyOf(deltas);
	}

	private static List<LoaderDelta> loaders(HeapProfile before, HeapProfile after, long allGrowth) {
		if (before.loaders().isEmpty() || after.loaders().isEmpty()) {
			return List.of();
		}
		Map<List<String>, LoaderUse> gone = new HashMap<>();
		before.loaders().forEach((loader) -> gone.put(List.of(loader.name(), loader.className()), loader));
		List<LoaderDelta> deltas = new ArrayList<>();
		for (LoaderUse now : after.loaders()) {
			LoaderUse then = gone.remove(List.of(now.name(), now.className()));
			deltas.add(LoaderDelta.of((then != null) ? then : none(now), now, allGrowth));
		}
		gone.values().forEach((then) -> deltas.add(LoaderDelta.of(then, none(then), allGrowth)));
		deltas.removeIf((delta) -> delta.before().heldBy("").equals(delta.after().heldBy("")));
		deltas.sort(MOST_LOADED_FIRST);
		return List.copyOf(deltas);
	}

	private static LoaderUse none(LoaderUse like) {
		return new LoaderUse(like.name(), like.className(), 0, 0, 0, 0, 0, "");
	}

}
