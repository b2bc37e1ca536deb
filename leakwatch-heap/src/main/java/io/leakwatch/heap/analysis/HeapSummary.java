package io.leakwatch.heap.analysis;

import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.leakwatch.heap.graph.GcRoot;
import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;

/**
 * A heap in a few numbers.
 *
 * @param file the file
 * @param fileBytes its size, inflated
 * @param format how it calls its format
 * @param idBytes the size of an id
 * @param writtenAt when the dump was begun
 * @param dumpCount how many heap dumps the file has
 * @param dumpNumber which of them this is, from 0
 * @param layout how the JVM laid its objects out, in words
 * @param classCount the classes
 * @param loaderCount the class loaders
 * @param objectCount the objects that some root leads to
 * @param shallowBytes their bytes
 * @param unreachableCount the objects that no root leads to
 * @param unreachableBytes their bytes
 * @param roots the GC roots by kind
 * @param damage what is missing from the dump, in sentences
 */
public record HeapSummary(Path file, long fileBytes, String format, int idBytes, Instant writtenAt, int dumpCount,
		int dumpNumber, String layout, int classCount, int loaderCount, long objectCount, long shallowBytes,
		long unreachableCount, long unreachableBytes, Map<GcRoot.Kind, Integer> roots, List<String> damage) {

	static HeapSummary of(HeapGraph graph, List<ClassUse> uses, Totals totals) {
		Set<Long> loaders = new HashSet<>();
		for (HeapClass each : graph.classes().all()) {
			loaders.add(each.loaderId());
		}
		Map<GcRoot.Kind, Integer> roots = new EnumMap<>(GcRoot.Kind.class);
		graph.roots().forEach((root) -> roots.merge(root.kind(), 1, Integer::sum));
		return new HeapSummary(graph.file().path(), graph.file().size(), graph.file().version(), graph.file().idSize(),
				graph.file().writtenAt(), graph.file().dumps().size(), graph.dump().number(), graph.layout().describe(),
				graph.classes().all().size(), loaders.size(), uses.stream().mapToLong(ClassUse::count).sum(),
				uses.stream().mapToLong(ClassUse::shallowBytes).sum(),
				uses.stream().mapToLong(ClassUse::unreachableCount).sum(),
				uses.stream().mapToLong(ClassUse::unreachableBytes).sum(), Map.copyOf(roots), graph.damage());
	}

}
