package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.leakwatch.heap.graph.GcRoot;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ObjectReader;

/**
 * A thread: its stack, and what it holds.
 *
 * @param id the thread object
 * @param name its name
 * @param group the name with each run of digits replaced by {@code #}
 * @param retainedBytes what would be freed with the thread and its local variables, of
 * what nothing else holds
 * @param localCount the objects that its local variables refer to
 * @param frames its stack, innermost first
 */
public record ThreadStack(long id, String name, String group, long retainedBytes, int localCount, List<String> frames) {

	static List<ThreadStack> of(HeapGraph graph, Roots roots, HeapAnalysis analysis) throws IOException {
		Map<Integer, Set<Integer>> locals = new HashMap<>();
		for (GcRoot root : graph.roots()) {
			if (root.threadSerial() != 0 && root.kind() != GcRoot.Kind.THREAD) {
				locals.computeIfAbsent(root.threadSerial(), (serial) -> new HashSet<>()).add(root.object());
			}
		}
		List<ThreadStack> stacks = new ArrayList<>();
		for (var entry : roots.threads().entrySet()) {
			Roots.ThreadOfRoots thread = entry.getValue();
			Set<Integer> held = locals.getOrDefault(entry.getKey(), Set.of());
			long bytes = analysis.retainedBytes(thread.object());
			for (int local : held) {
				if (local != thread.object() && analysis.dominator(local) < 0) {
					bytes += (local < graph.innerCount()) ? analysis.retainedBytes(local) : leafBytes(graph, local);
				}
			}
			stacks.add(new ThreadStack(graph.id(thread.object()), thread.name(), thread.group(), bytes, held.size(),
					List.copyOf(graph.file().stack(thread.traceSerial()))));
		}
		stacks.sort(Comparator.comparingLong(ThreadStack::retainedBytes).reversed().thenComparing(ThreadStack::name));
		return List.copyOf(stacks);
	}

	private static long leafBytes(HeapGraph graph, int leaf) throws IOException {
		ObjectReader reader = graph.reader();
		return reader.seek(graph.id(leaf)) ? reader.shallowBytes() : 0;
	}

}
