package io.leakwatch.heap.suspect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.leakwatch.heap.diff.HeapDiff;
import io.leakwatch.heap.diff.LoaderDelta;
import io.leakwatch.heap.diff.PathDelta;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.LoaderUse;
import io.leakwatch.heap.profile.PathTree;

/**
 * Finds the few places that explain most of a heap, or most of its growth. A single heap
 * does not tell a leak from data that is meant to stay: growth does, so two profiles are
 * the better ground.
 */
public final class LeakSuspects {

	private static final int MAXIMUM_SUSPECTS = 10;

	/** Nothing of a lower score is told, alone or beside a first suspect. */
	private static final double LEAST_SCORE = 0.01;

	private static final double LEAST_PART_OF_THE_FIRST = 0.05;

	/** Fewer loaders of one kind are what modules and plug-ins have. */
	private static final int MANY_LOADERS = 16;

	/** Fewer new loaders or threads may be anything. */
	private static final int MANY_NEW = 5;

	/** Growth by so much of the heap needs no more to be taken in earnest. */
	private static final double MUCH_GROWTH = 0.05;

	private LeakSuspects() {
	}

	/**
	 * The places that explain most of one heap.
	 * @param profile the profile of a heap dump; a histogram has no paths
	 * @return the suspects, the likeliest first; none for a histogram
	 */
	public static List<LeakSuspect> of(HeapProfile profile) {
		PathTree tree = profile.paths();
		Stream<LeakSuspect> places = AccumulationPoints.find(tree).stream().map((point) -> suspect(tree, point));
		Stream<LeakSuspect> loaders = profile.loaders()
			.stream()
			.filter((use) -> use.count() >= MANY_LOADERS && !Commonplace.isLoaderOfTheJdk(use.className()))
			.map((use) -> suspect(tree, use));
		return ranked(Stream.concat(places, loaders).toList());
	}

	/**
	 * The places that explain most of what grew between two profiles.
	 * @param diff the difference of two profiles of heap dumps
	 * @return the suspects, the likeliest first; none where one of the profiles has no
	 * paths
	 */
	public static List<LeakSuspect> of(HeapDiff diff) {
		PathTree tree = diff.after().paths();
		Stream<LeakSuspect> places = diff.paths().stream().map((delta) -> suspect(tree, delta));
		Stream<LeakSuspect> loaders = diff.loaders()
			.stream()
			.filter((delta) -> delta.countDelta() >= MANY_NEW && !Commonplace.isLoaderOfTheJdk(delta.className()))
			.map((delta) -> suspect(diff, delta));
		return ranked(Stream.concat(places, loaders).toList());
	}

	private static LeakSuspect suspect(PathTree tree, AccumulationPoints.Point point) {
		int node = point.node();
		long held = tree.heldBytes(node);
		double share = SuspectWords.share(held, tree.heldBytes(PathTree.HEAP));
		long count = tree.count(point.entries());
		String className = tree.className(point.entries());
		double score = share * likeness(tree, point) * byCount(point.count()) * exclusiveness(tree, node)
				* Commonplace.weight(tree, node, className);
		return new LeakSuspect(point.kind(), SuspectWords.held(tree, point, share), className, tree.holder(node),
				tree.path(node), held, tree.retainedBytes(node), count, share, score);
	}

	private static LeakSuspect suspect(PathTree tree, PathDelta delta) {
		LeakSuspect.Kind kind = AccumulationPoints.kind(tree, delta.node(), delta.entries() != delta.node(),
				delta.countDelta());
		double score = delta.shareOfGrowth() * byCount(delta.countDelta())
				* byGrowth(delta.heldBytesDelta(), tree.heldBytes(PathTree.HEAP))
				* Commonplace.weight(tree, delta.node(), delta.className());
		return new LeakSuspect(kind, SuspectWords.grown(delta), delta.className(), delta.holder(), delta.path(),
				delta.heldBytesDelta(), delta.retainedBytesDelta(), delta.countDelta(), delta.shareOfGrowth(), score);
	}

	private static LeakSuspect suspect(PathTree tree, LoaderUse use) {
		long bytes = Math.max(use.shallowBytes(), use.retainedBytes());
		double share = SuspectWords.share(bytes, tree.heldBytes(PathTree.HEAP));
		return new LeakSuspect(LeakSuspect.Kind.CLASS_LOADERS, SuspectWords.loaders(use, bytes, share), use.className(),
				"class loader '" + use.name() + "'", "", bytes, use.retainedBytes(), use.count(), share,
				share * byCount(use.count()));
	}

	private static LeakSuspect suspect(HeapDiff diff, LoaderDelta delta) {
		long bytes = Math.max(delta.shallowBytesDelta(), delta.retainedBytesDelta());
		long growth = Math.max(1,
				diff.after().paths().heldBytes(PathTree.HEAP) - diff.before().paths().heldBytes(PathTree.HEAP));
		double share = Math.max(0, SuspectWords.share(bytes, Math.max(bytes, growth)));
		return new LeakSuspect(LeakSuspect.Kind.CLASS_LOADERS, SuspectWords.grown(delta, share), delta.className(),
				"class loader '" + delta.name() + "'", "", bytes, delta.retainedBytesDelta(), delta.countDelta(), share,
				share * byCount(delta.countDelta()));
	}

	/** Entries of one class are a stronger sign than a mixed lot. */
	private static double likeness(PathTree tree, AccumulationPoints.Point point) {
		int node = point.node();
		long below = tree.heldBytes(node) - tree.shallowBytes(node);
		if (below == 0 || point.kind() == LeakSuspect.Kind.LINKED_OBJECTS) {
			return 1;
		}
		double heaviest = SuspectWords.share(tree.heldBytes(tree.child(node, 0)), below);
		return (point.entries() != node) ? 0.5 + 0.5 * heaviest : heaviest;
	}

	/**
	 * What others keep as well is rather theirs. Two containers of one owner that have
	 * the same entries keep them from each other, so what the owner retains counts too.
	 */
	private static double exclusiveness(PathTree tree, int node) {
		long retained = 0;
		for (int step = node; step != PathTree.HEAP; step = tree.parent(step)) {
			retained = Math.max(retained, tree.retainedBytes(step));
		}
		return 0.5 + 0.5 * SuspectWords.share(retained, tree.heldBytes(node));
	}

	/** A thousand objects are as many as are needed to make their number no chance. */
	private static double byCount(long count) {
		return 0.4 + 0.6 * Math.min(1, Math.log10(Math.max(1, count)) / 3);
	}

	/** What has hardly grown, by the size of the heap, may be anything. */
	private static double byGrowth(long growth, long heap) {
		return Math.sqrt(Math.min(1, growth / (MUCH_GROWTH * Math.max(1, heap))));
	}

	/** One suspect a holder: its containers may be reached by several paths. */
	private static List<LeakSuspect> ranked(List<LeakSuspect> found) {
		List<LeakSuspect> sorted = new ArrayList<>(found);
		sorted.sort(Comparator.comparingDouble(LeakSuspect::score).reversed().thenComparing(LeakSuspect::path));
		Map<String, LeakSuspect> byHolder = new LinkedHashMap<>();
		sorted.forEach((suspect) -> byHolder.putIfAbsent(suspect.holder(), suspect));
		Collection<LeakSuspect> suspects = byHolder.values();
		double first = suspects.stream().mapToDouble(LeakSuspect::score).findFirst().orElse(0);
		return suspects.stream()
			.filter((suspect) -> suspect.score() >= Math.max(LEAST_SCORE, LEAST_PART_OF_THE_FIRST * first))
			.limit(MAXIMUM_SUSPECTS)
			.toList();
	}

}
