package io.leakwatch.heap.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;

/**
 * A class and its instances.
 *
 * @param className its name
 * @param loaderId its class loader, 0 for the boot loader
 * @param count the instances that some root leads to
 * @param shallowBytes their bytes
 * @param retainedBytes what would be freed if they were gone
 * @param unreachableCount the instances that no root leads to
 * @param unreachableBytes their bytes
 */
public record ClassUse(String className, long loaderId, long count, long shallowBytes, long retainedBytes,
		long unreachableCount, long unreachableBytes) {

	static List<ClassUse> of(HeapGraph graph, Totals totals) {
		List<ClassUse> uses = new ArrayList<>();
		for (HeapClass each : graph.classes().all()) {
			int i = each.index();
			if (totals.classCount[i] + totals.unreachableCount[i] > 0) {
				uses.add(new ClassUse(each.name(), each.loaderId(), totals.classCount[i], totals.classShallow[i],
						totals.classRetained[i], totals.unreachableCount[i], totals.unreachableShallow[i]));
			}
		}
		uses.sort(Comparator.comparingLong((ClassUse use) -> use.shallowBytes() + use.unreachableBytes())
			.reversed()
			.thenComparing(ClassUse::className));
		return List.copyOf(uses);
	}

}
