package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.leakwatch.heap.DumpedJvm;
import io.leakwatch.heap.RandomGraph;
import io.leakwatch.heap.RandomGraphDump;
import io.leakwatch.heap.graph.ReferenceKind;
import io.leakwatch.heap.hprof.HprofWriter;
import io.leakwatch.heap.hprof.SyntheticArray;
import io.leakwatch.heap.hprof.SyntheticClass;
import io.leakwatch.heap.hprof.SyntheticInstance;
import io.leakwatch.heap.hprof.SyntheticRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ShortestPaths}.
 */
class ShortestPathsTests {

	private static final Set<ReferenceKind> ALL = EnumSet.allOf(ReferenceKind.class);

	private final Path folder;

	ShortestPathsTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@Test
	void distanceShouldBeThatOfPlainBreadthFirstSearch() {
		RandomGraph.seeded(70_000, 600).forEach((graph) -> {
			RandomGraphDump dump = RandomGraphDump.of(graph, new HprofWriter("1.0.2", 8), 3);
			int[] expected = graph.distances();
			try (ShortestPaths paths = open(dump.heap(), Set.of())) {
				for (int node = 0; node < graph.size(); node++) {
					int distance = (expected[node] == RandomGraph.UNREACHABLE) ? -1 : expected[node];
					long id = dump.address(node);
					assertThat(paths.distance(id)).as("node %s of %s", node, graph).isEqualTo(distance);
					List<RootPath> ways = paths.to(List.of(id), 5);
					assertThat(ways).hasSize((distance < 0) ? 0 : 1);
					for (RootPath way : ways) {
						assertThat(way.count()).isEqualTo(1);
						assertThat(way.steps().stream().mapToInt(PathStep::length).sum()).isEqualTo(distance + 1);
						assertThat(way.steps().get(way.steps().size() - 1).id()).isEqualTo(id);
					}
				}
			}
			catch (IOException ex) {
				throw new AssertionError(graph.toString(), ex);
			}
		});
	}

	@Test
	void wayShouldBeginAtTheStaticFieldAndNameEveryStep() throws IOException {
		HprofWriter heap = new HprofWriter().jdkClasses();
		SyntheticClass order = heap.declare("com.acme.Order").references("name");
		SyntheticInstance name = heap.string("private");
		SyntheticArray orders = heap.array(order, null, heap.instance(order).set("name", name));
		heap.declare("com.acme.Shop").staticField("ORDERS", orders);
		try (ShortestPaths paths = open(heap, Set.of())) {
			RootPath toName = paths.to(List.of(name.id()), 1).get(0);
			assertThat(toName.steps()).extracting(PathStep::field)
				.containsExactly("static com.acme.Shop.ORDERS", "[*]", "com.acme.Order.name");
			assertThat(toName.steps()).extracting(PathStep::className)
				.containsExactly("[Lcom.acme.Order;", "com.acme.Order", "java.lang.String");
			assertThat(toName.steps().get(2).id()).isEqualTo(name.id());
			assertThat(paths.toClass("[B", 10)).singleElement()
				.satisfies((way) -> assertThat(way.steps()).extracting(PathStep::field)
					.last()
					.isEqualTo("java.lang.String.value"));
		}
	}

	@Test
	void waysToClassShouldBeMergedByFieldsAndClasses() throws IOException {
		HprofWriter heap = new HprofWriter().jdkClasses();
		SyntheticClass order = heap.declare("com.acme.Order").references("next");
		SyntheticClass leaf = heap.declare("com.acme.Leaf");
		SyntheticInstance first = heap.instance(order);
		SyntheticArray orders = heap.array(order, first, heap.instance(order), heap.instance(order));
		SyntheticInstance local = heap.instance(order);
		heap.declare("com.acme.Shop").staticField("ORDERS", orders).staticField("LEAF", heap.instance(leaf));
		heap.thread("worker-7").frame(order, "run", 3).locals(local, heap.instance(leaf));
		heap.instance(order);
		try (ShortestPaths paths = open(heap, Set.of())) {
			List<RootPath> ways = paths.toClass("com.acme.Order", 10);
			assertThat(ways).extracting(RootPath::count).containsExactly(3L, 1L);
			assertThat(ways.get(0).steps()).extracting(PathStep::field)
				.containsExactly("static com.acme.Shop.ORDERS", "[*]");
			assertThat(ways.get(0).steps().get(1).id()).isEqualTo(first.id());
			assertThat(ways.get(1).steps())
				.containsExactly(new PathStep("local of thread group 'worker-#'", "com.acme.Order", local.id(), 1));
			assertThat(paths.toClass("com.acme.Order", 1)).hasSize(1);
			assertThat(paths.toClass("com.acme.Leaf", 10)).extracting((way) -> way.steps().get(0).field())
				.containsExactlyInAnyOrder("static com.acme.Shop.LEAF", "local of thread group 'worker-#'");
			assertThat(paths.toClass("com.acme.Nothing", 10)).isEmpty();
			assertThat(paths.to(List.of(1L, 2L), 10)).isEmpty();
			assertThat(paths.distance(1)).isEqualTo(-1);
		}
	}

	@Test
	void longChainShouldBeOneStep() throws IOException {
		HprofWriter heap = new HprofWriter().jdkClasses();
		SyntheticClass node = heap.declare("com.acme.Node").references("next");
		SyntheticInstance end = heap.instance(node);
		SyntheticInstance head = end;
		for (int i = 0; i < 5_000; i++) {
			head = heap.instance(node).set("next", head);
		}
		heap.root(SyntheticRoot.JNI_GLOBAL, head);
		try (ShortestPaths paths = open(heap, Set.of())) {
			assertThat(paths.distance(end.id())).isEqualTo(5_000);
			assertThat(paths.to(List.of(end.id()), 1).get(0).steps()).containsExactly(
					new PathStep("JNI global", "com.acme.Node", head.id(), 1),
					new PathStep("com.acme.Node.next", "com.acme.Node", end.id(), 5_000));
		}
	}

	@Test
	void referentsShouldBeLookedAtWhereTheirKindIs() throws IOException {
		HprofWriter heap = new HprofWriter().jdkClasses();
		SyntheticClass node = heap.declare("com.acme.Node").references("next");
		SyntheticInstance weakly = heap.instance(node);
		SyntheticInstance softly = heap.string("soft");
		heap.declare("com.acme.Shop")
			.staticField("WEAK",
					heap.instance(heap.referenceClass("java.lang.ref.WeakReference")).set("referent", weakly))
			.staticField("SOFT",
					heap.instance(heap.referenceClass("java.lang.ref.SoftReference")).set("referent", softly));
		try (ShortestPaths paths = open(heap, Set.of())) {
			assertThat(paths.distance(weakly.id())).isEqualTo(-1);
			assertThat(paths.distance(softly.id())).isEqualTo(-1);
		}
		try (ShortestPaths paths = open(heap, EnumSet.of(ReferenceKind.SOFT))) {
			assertThat(paths.distance(weakly.id())).isEqualTo(-1);
			assertThat(paths.to(List.of(softly.id()), 1).get(0).steps()).extracting(PathStep::field)
				.containsExactly("static com.acme.Shop.SOFT", "java.lang.ref.Reference.referent");
		}
		try (ShortestPaths paths = open(heap, ALL)) {
			assertThat(paths.distance(weakly.id())).isEqualTo(2);
			assertThat(paths.to(List.of(weakly.id(), softly.id()), 5)).hasSize(2);
		}
	}

	@Test
	void waysInRealHeapShouldLeadToTheFixture() throws IOException {
		try (DumpedJvm jvm = DumpedJvm.start(DumpedJvm.javaHomes().get(0), "-Xmx64m", "-XX:+UseSerialGC")) {
			Path dump = jvm.dumpLive(this.folder.resolve("live.hprof")).file();
			try (ShortestPaths paths = ShortestPaths.open(dump, HeapOptions.defaults(), Set.of())) {
				RootPath listeners = paths.toClass("io.leakwatch.heap.fixture.Listener", 10).get(0);
				assertThat(listeners.count()).isEqualTo(100);
				assertThat(listeners.steps()).extracting(PathStep::field)
					.containsExactly("static io.leakwatch.heap.fixture.HeapFixture.LISTENERS",
							"java.util.ArrayList.elementData", "[*]");
				assertThat(paths.toClass("io.leakwatch.heap.fixture.SoftlyHeld", 10)).isEmpty();
				assertThat(paths.toClass("io.leakwatch.heap.fixture.ChainNode", 10)).singleElement()
					.extracting(RootPath::count)
					.isEqualTo(10_000L);
			}
		}
	}

	private ShortestPaths open(HprofWriter heap, Set<ReferenceKind> followed) throws IOException {
		return ShortestPaths.open(heap.writeTo(this.folder.resolve("test.hprof")),
				HeapOptions.defaults().withThreads(1), followed);
	}

}
