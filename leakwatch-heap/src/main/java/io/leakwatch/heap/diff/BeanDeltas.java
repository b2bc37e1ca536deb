package io.leakwatch.heap.diff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.leakwatch.heap.profile.BeanUse;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.PathTree;
import org.jspecify.annotations.Nullable;

/** Matches the beans of two profiles by their labels. */
final class BeanDeltas {

	private static final Comparator<BeanDelta> MOST_GROWN_FIRST = Comparator.comparingLong(BeanDelta::heldBytesDelta)
		.thenComparingLong(BeanDelta::retainedBytesDelta)
		.reversed()
		.thenComparing(BeanDelta::label);

	private BeanDeltas() {
	}

	/**
	 * The beans that changed, the most grown first.
	 * @param paths the places that have grown, the most grown first
	 * @param allGrowth all bytes that have grown
	 */
	static List<BeanDelta> between(HeapProfile before, HeapProfile after, List<PathDelta> paths, long allGrowth) {
		if (before.beans().isEmpty() || after.beans().isEmpty()) {
			return List.of();
		}
		Map<String, PathDelta> grown = new HashMap<>();
		paths.forEach((each) -> beansOf(after.paths(), each.node()).forEach((bean) -> grown.putIfAbsent(bean, each)));
		Map<String, BeanUse> gone = new HashMap<>();
		before.beans().forEach((bean) -> gone.put(bean.label(), bean));
		List<BeanDelta> deltas = new ArrayList<>();
		for (BeanUse now : after.beans()) {
			BeanUse then = gone.remove(now.label());
			deltas.add(delta((then != null) ? then : none(now), now, grown.get(now.label()), allGrowth));
		}
		gone.values().forEach((then) -> deltas.add(delta(then, none(then), null, allGrowth)));
		deltas.removeIf((delta) -> delta.before().equals(delta.after()));
		deltas.sort(MOST_GROWN_FIRST);
		return List.copyOf(deltas);
	}

	/** The fields of the steps that lead to a node, among them the label of its bean. */
	private static List<String> beansOf(PathTree tree, int node) {
		List<String> fields = new ArrayList<>();
		for (int step = node; step != PathTree.HEAP; step = tree.parent(step)) {
			fields.add(tree.field(step));
		}
		return fields;
	}

	private static BeanDelta delta(BeanUse before, BeanUse after, @Nullable PathDelta grown, long allGrowth) {
		long growth = after.heldBytes() - before.heldBytes();
		double share = (allGrowth > 0) ? Math.max(0, Math.min(1, (double) growth / allGrowth)) : 0;
		return new BeanDelta(before, after, share, grown);
	}

	private static BeanUse none(BeanUse like) {
		return new BeanUse(like.name(), like.className(), like.context(), like.scope(), 0, 0, 0, 0);
	}

}
