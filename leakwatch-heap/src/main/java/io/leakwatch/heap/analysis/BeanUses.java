package io.leakwatch.heap.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.leakwatch.heap.profile.BeanUse;

/** What each bean has of the heap. */
final class BeanUses {

	/** A dominator so many steps above is as good as another one. */
	private static final int MOST_STEPS = 10_000;

	private BeanUses() {
	}

	/**
	 * The beans, those that hold the most first.
	 * @param reach what each leads to that others hold, -1 where that is unknown
	 */
	static List<BeanUse> of(HeapAnalysis analysis, SpringBeans beans, BeanNodes owners, Totals totals, long[] reach) {
		long[] held = new long[beans.all().size()];
		for (int node = 0; node < totals.nodeShallow.length; node++) {
			if (owners.bean(node) >= 0) {
				held[owners.bean(node)] += totals.nodeShallow[node];
			}
		}
		List<BeanUse> uses = new ArrayList<>();
		for (int i = 0; i < held.length; i++) {
			SpringBean bean = beans.all().get(i);
			long retained = 0;
			for (int object : bean.objects()) {
				retained += isBelowAnother(analysis, beans, object, i) ? 0 : analysis.retainedBytes(object);
			}
			long shared = (reach[i] >= 0) ? Math.max(0, held[i] + reach[i] - retained) : -1;
			uses.add(new BeanUse(bean.name(), bean.className(), bean.context(), bean.scope(), bean.count(), held[i],
					retained, shared));
		}
		uses.sort(Comparator.comparingLong(BeanUse::heldBytes)
			.thenComparingLong(BeanUse::retainedBytes)
			.reversed()
			.thenComparing(BeanUse::label));
		return List.copyOf(uses);
	}

	private static boolean isBelowAnother(HeapAnalysis analysis, SpringBeans beans, int object, int bean) {
		if (beans.all().get(bean).objects().size() == 1) {
			return false;
		}
		int above = analysis.dominator(object);
		for (int step = 0; above >= 0 && step < MOST_STEPS; step++) {
			if (beans.find(above) == bean) {
				return true;
			}
			above = analysis.dominator(above);
		}
		return false;
	}

}
