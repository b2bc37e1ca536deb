package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.leakwatch.heap.RandomGraph;
import io.leakwatch.heap.analysis.RandomObjects.Kind;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ProgressListener;
import io.leakwatch.heap.graph.Work;
import io.leakwatch.heap.profile.PathTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link HeapAnalysis} on random heaps against the plainest definitions.
 */
class RandomHeapTests {

	private final Path folder;

	private final HeapOptions options;

	RandomHeapTests(@TempDir Path folder) {
		this.folder = folder;
		this.options = HeapOptions.defaults().withMemoryBytes(64 << 20).withTemporaryDirectory(this.folder);
	}

	@Test
	void openWhenHeapIsSmallShouldGiveThePlainAnswers() throws IOException {
		for (int seed = 0; seed < 500; seed++) {
			check(new RandomHeap(seed, 1, 0), this.options.withThreads(1));
		}
	}

	@Test
	void openWhenHeapHasManyGraphsShouldGiveThePlainAnswers() throws IOException {
		for (int i = 0; i < 90; i++) {
			check(new RandomHeap(1_000 + i * 100L, 100, 0), this.options.withThreads(1 + i % 2));
		}
	}

	@Test
	void openWhenSeveralThreadsScanShouldGiveThePlainAnswers() throws IOException {
		for (int i = 0; i < 5; i++) {
			check(new RandomHeap(20_000 + i * 100L, 100, 200_000), this.options.withThreads(4));
		}
	}

	@Test
	void openWhenMemoryIsTinyShouldGiveThePlainAnswers() throws IOException {
		for (int i = 0; i < 4; i++) {
			check(new RandomHeap(30_000 + i * 100L, 100, (i % 2) * 200_000),
					this.options.withMemoryBytes(0).withThreads(1 + i));
		}
	}

	private void check(RandomHeap heap, HeapOptions with) throws IOException {
		Path file = heap.writer().writeTo(this.folder.resolve("heap.hprof"));
		try (HeapAnalysis analysis = HeapAnalysis.open(file, with)) {
			Map<Long, Long> sizes = sizes(analysis.graph());
			Map<String, Long> retainedByClass = new TreeMap<>();
			long unreachable = 0;
			for (int part = 0; part < heap.parts().size(); part++) {
				RandomObjects objects = heap.parts().get(part);
				long[] shallow = new long[objects.size()];
				for (int object = 0; object < objects.size(); object++) {
					shallow[object] = sizes.getOrDefault(heap.address(part, object), 0L);
				}
				checkObjects(analysis, heap, part, shallow);
				addRetained(objects, shallow, retainedByClass);
				for (boolean each : objects.graph().reachable()) {
					unreachable += each ? 0 : 1;
				}
			}
			checkSums(analysis, heap, retainedByClass, unreachable);
		}
		assertThat(this.folder).isDirectoryNotContaining((each) -> !each.equals(file));
		Files.delete(file);
	}

	private static void checkObjects(HeapAnalysis analysis, RandomHeap heap, int part, long[] shallow) {
		RandomObjects objects = heap.parts().get(part);
		RandomGraph graph = objects.graph();
		boolean[] reachable = graph.reachable();
		int[] dominators = graph.immediateDominators();
		long[] retained = graph.retainedBytes(shallow);
		for (int object = 0; object < objects.size(); object++) {
			long address = heap.address(part, object);
			int number = analysis.graph().find(address);
			String which = "object " + object + " of ";
			Supplier<String> place = () -> which + graph;
			assertThat(number).as(place).isNotNegative();
			assertThat(analysis.graph().id(number)).as(place).isEqualTo(address);
			assertThat(analysis.isReachable(number)).as(place).isEqualTo(reachable[object]);
			int expected = (dominators[object] >= 0) ? analysis.graph().find(heap.address(part, dominators[object]))
					: -1;
			assertThat(analysis.dominator(number)).as(place).isEqualTo(expected);
			if (!objects.isLeaf(object)) {
				assertThat(analysis.retainedBytes(number)).as(place).isEqualTo(retained[object]);
			}
		}
	}

	/** What each object of a class, alone, retains, without counting anything twice. */
	private static void addRetained(RandomObjects objects, long[] shallow, Map<String, Long> retainedByClass) {
		boolean[][] dominates = objects.graph().dominates();
		for (Kind kind : Set.of(Kind.BOX, Kind.STRING, Kind.ARRAY)) {
			long sum = 0;
			for (int other = 0; other < objects.size(); other++) {
				boolean dominated = false;
				for (int object = 0; object < objects.size(); object++) {
					dominated |= objects.kind(object) == kind && dominates[object][other];
				}
				sum += dominated ? shallow[other] : 0;
			}
			retainedByClass.merge(className(kind), sum, Long::sum);
		}
	}

	private static String className(Kind kind) {
		return switch (kind) {
			case BOX -> "graph.Box";
			case STRING -> "java.lang.String";
			default -> "[Ljava.lang.Object;";
		};
	}

	private static void checkSums(HeapAnalysis analysis, RandomHeap heap, Map<String, Long> retainedByClass,
			long unreachable) {
		HeapSummary summary = analysis.summary();
		assertThat(summary.damage()).isEmpty();
		assertThat(summary.unreachableCount()).isEqualTo(unreachable + heap.paddings());
		assertThat(summary.objectCount() + summary.unreachableCount()).isEqualTo(analysis.graph().objectCount());
		Map<String, Long> retained = new HashMap<>();
		analysis.classes().forEach((each) -> retained.merge(each.className(), each.retainedBytes(), Long::sum));
		retainedByClass.forEach((name, bytes) -> assertThat(retained.getOrDefault(name, 0L)).as(name).isEqualTo(bytes));
		PathTree paths = analysis.paths();
		long count = 0;
		long[] held = new long[paths.size()];
		for (int node = paths.size() - 1; node >= 0; node--) {
			count += paths.count(node);
			held[node] += paths.shallowBytes(node);
			if (node > 0) {
				held[paths.parent(node)] += held[node];
			}
			assertThat(paths.heldBytes(node)).isEqualTo(held[node]);
		}
		assertThat(paths.heldBytes(PathTree.HEAP)).isEqualTo(summary.shallowBytes());
		assertThat(count).isEqualTo(summary.objectCount());
	}

	private static Map<Long, Long> sizes(HeapGraph graph) throws IOException {
		Map<Long, Long> sizes = new HashMap<>();
		graph.visit(new Work(1, () -> false, ProgressListener.NONE), "sizes",
				() -> (object, type, shallowBytes, record) -> sizes.put(graph.id(object), shallowBytes));
		return sizes;
	}

}
