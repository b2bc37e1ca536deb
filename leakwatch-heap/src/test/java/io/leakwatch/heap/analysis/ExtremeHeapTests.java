package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import io.leakwatch.heap.graph.HeapGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Tests that {@link HeapAnalysis} takes no more than its share of time and stack on the
 * heaps of {@link ExtremeHeaps}. What is quadratic would take hours. The system property
 * {@code leakwatch.test.scale} multiplies their sizes.
 */
class ExtremeHeapTests {

	private static final Duration LIMIT = Duration.ofMinutes(10);

	private static final int SCALE = Integer.getInteger("leakwatch.test.scale", 1);

	/** The format counts the fields of a class in two bytes. */
	private static final int MOST_FIELDS = 65_535;

	private final Path folder;

	ExtremeHeapTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void openWhenListIsLongShouldRetainAllBelow(boolean backwards) throws IOException {
		int nodes = 3_000_000 * SCALE;
		ExtremeHeaps.list(file(), nodes, backwards);
		check((analysis) -> {
			HeapGraph graph = analysis.graph();
			int head = graph.find(ExtremeHeaps.HEAD);
			int shared = graph.find(ExtremeHeaps.SHARED);
			assertThat(analysis.summary().objectCount()).isGreaterThanOrEqualTo(nodes + 2L);
			assertThat(analysis.dominator(shared)).isEqualTo(head);
			assertThat(analysis.dominator(graph.find(ExtremeHeaps.SHARED_LEAF))).isEqualTo(head);
			long each = analysis.retainedBytes(shared);
			int middle = graph.find(ExtremeHeaps.node(nodes / 2));
			assertThat(analysis.retainedBytes(middle)).isEqualTo(each * (nodes - nodes / 2));
			assertThat(analysis.dominator(middle)).isEqualTo(graph.find(ExtremeHeaps.node(nodes / 2 - 1)));
			assertThat(analysis.retainedBytes(head)).isGreaterThan(each * nodes);
			assertThat(analysis.paths().size()).isLessThan(100);
		});
	}

	@Test
	void openWhenArrayIsLongShouldRetainItsElements() throws IOException {
		int slots = 5_000_000 * SCALE;
		ExtremeHeaps.array(file(), slots);
		check((analysis) -> {
			HeapGraph graph = analysis.graph();
			int array = graph.find(ExtremeHeaps.HEAD);
			int last = graph.find(ExtremeHeaps.node(slots / 5));
			assertThat(analysis.dominator(last)).isEqualTo(array);
			assertThat(analysis.retainedBytes(array)).isGreaterThan(slots / 5 * analysis.retainedBytes(last) + slots);
		});
	}

	@Test
	void openWhenClassHasManyFieldsShouldFollowAll() throws IOException {
		ExtremeHeaps.fields(file(), Math.min(MOST_FIELDS, 10_000 * SCALE), 20);
		check((analysis) -> {
			HeapGraph graph = analysis.graph();
			assertThat(analysis.dominator(graph.find(ExtremeHeaps.node(8 * 17))))
				.isEqualTo(graph.find(ExtremeHeaps.HEAD));
			assertThat(analysis.isReachable(graph.find(ExtremeHeaps.node(5)))).isFalse();
			assertThat(analysis.paths().size()).isGreaterThan(100);
		});
	}

	@Test
	void openWhenThereAreManyClassesAndLoadersShouldTellThem() throws IOException {
		int classes = 20_000 * SCALE;
		ExtremeHeaps.loaders(file(), classes, classes / 10);
		check((analysis) -> {
			assertThat(analysis.loaders()).hasSize(classes / 10 + 1);
			assertThat(analysis.classes()).hasSizeGreaterThan(classes);
			assertThat(analysis.summary().unreachableCount()).isZero();
			assertThat(analysis.retainedBytes(analysis.graph().find(ExtremeHeaps.HEAD))).isGreaterThan(classes * 100L);
		});
	}

	@Test
	void openWhenTreeIsBinaryShouldHalveFromLevelToLevel() throws IOException {
		ExtremeHeaps.tree(file(), (1 << 20) * SCALE - 1);
		check((analysis) -> {
			HeapGraph graph = analysis.graph();
			long all = analysis.retainedBytes(graph.find(ExtremeHeaps.HEAD));
			long half = analysis.retainedBytes(graph.find(ExtremeHeaps.node(2)));
			assertThat(analysis.dominator(graph.find(ExtremeHeaps.node(2)))).isEqualTo(graph.find(ExtremeHeaps.HEAD));
			assertThat(half).isBetween(all / 4, all * 3 / 4);
		});
	}

	@Test
	void openWhenAllReferToAllShouldBeDominatedByWhatHoldsThem() throws IOException {
		int side = 1_500;
		ExtremeHeaps.bipartite(file(), side);
		check((analysis) -> {
			HeapGraph graph = analysis.graph();
			int head = graph.find(ExtremeHeaps.HEAD);
			for (int i = 0; i < side; i++) {
				assertThat(analysis.dominator(graph.find(ExtremeHeaps.node(1_000 + i * 1_000L)))).isEqualTo(head);
				assertThat(analysis.dominator(graph.find(ExtremeHeaps.node(1_001 + i * 1_000L)))).isEqualTo(head);
			}
		});
	}

	@Test
	void openWhenSoftReferencesAreAChainShouldFollowItOnce() throws IOException {
		int nodes = 300_000 * SCALE;
		ExtremeHeaps.softChain(file(), nodes);
		check((analysis) -> {
			assertThat(analysis.summary().unreachableCount()).isZero();
			assertThat(analysis.summary().objectCount()).isGreaterThan(nodes);
		});
	}

	private Path file() {
		return this.folder.resolve("extreme.hprof");
	}

	private void check(Check check) {
		HeapOptions options = HeapOptions.defaults().withTemporaryDirectory(this.folder).withMemoryBytes(256L << 20);
		assertTimeoutPreemptively(LIMIT, () -> {
			try (HeapAnalysis analysis = HeapAnalysis.open(file(), options)) {
				assertThat(analysis.paths().heldBytes(0)).isEqualTo(analysis.summary().shallowBytes());
				check.accept(analysis);
			}
		});
	}

	private interface Check {

		void accept(HeapAnalysis analysis);

	}

}
