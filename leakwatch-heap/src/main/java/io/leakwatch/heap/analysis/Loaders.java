package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ScatteredObjects;
import io.leakwatch.heap.profile.LoaderUse;

/** The class loaders of a heap. */
final class Loaders {

	private Loaders() {
	}

	static List<LoaderUse> of(HeapAnalysis analysis, Totals totals, ScatteredObjects objects,
			IntFunction<String> holder) throws IOException {
		HeapGraph graph = analysis.graph();
		Map<Long, long[]> sums = new HashMap<>();
		for (HeapClass each : graph.classes().all()) {
			long[] sum = sums.computeIfAbsent(each.loaderId(), (loader) -> new long[3]);
			sum[0]++;
			sum[1] += totals.classCount[each.index()];
			sum[2] += totals.classShallow[each.index()];
		}
		Map<Long, String> names = objects.texts(sums.keySet(), "name");
		List<LoaderUse> uses = new ArrayList<>();
		for (var entry : sums.entrySet()) {
			long[] sum = entry.getValue();
			long id = entry.getKey();
			int object = (id != 0) ? graph.find(id) : -1;
			if (object < 0 || object >= graph.innerCount()) {
				uses.add(new LoaderUse("bootstrap", "", 1, sum[0], sum[1], sum[2], -1, ""));
				continue;
			}
			String className = graph.classOf(object).name();
			uses.add(new LoaderUse(names.getOrDefault(id, className), className, 1, sum[0], sum[1], sum[2],
					analysis.retainedBytes(object), analysis.isReachable(object) ? holder.apply(object) : ""));
		}
		uses.sort(Comparator.comparingLong(LoaderUse::retainedBytes).reversed().thenComparing(LoaderUse::name));
		return List.copyOf(uses);
	}

}
