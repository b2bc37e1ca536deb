package io.leakwatch.heap;

import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

import io.leakwatch.heap.hprof.HprofWriter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RandomGraph} and {@link RandomGraphDump}.
 */
class RandomGraphTests {

	/** Two ways to 3, one of them over 2; 4 below 3; 5 and 6 hold each other only. */
	private static final RandomGraph DIAMOND = RandomGraph
		.of(new int[][] { { 1, 2 }, { 3 }, { 3, 2 }, { 4 }, {}, { 6 }, { 5, 4 } }, 0);

	private static final int LOST = RandomGraph.UNREACHABLE;

	@Test
	void immediateDominatorsShouldBeTheNearest() {
		assertThat(DIAMOND.immediateDominators()).containsExactly(RandomGraph.NO_OBJECT, 0, 0, 0, 3, LOST, LOST);
	}

	@Test
	void immediateDominatorsWhenTwoRootsMeetShouldBeNoObject() {
		RandomGraph graph = RandomGraph.of(new int[][] { { 2 }, { 2 }, { 3 }, { 0 } }, 0, 1);
		assertThat(graph.immediateDominators()).containsExactly(RandomGraph.NO_OBJECT, RandomGraph.NO_OBJECT,
				RandomGraph.NO_OBJECT, 2);
	}

	@Test
	void distancesShouldBeTheShortest() {
		assertThat(DIAMOND.distances()).containsExactly(0, 1, 1, 2, 3, LOST, LOST);
	}

	@Test
	void retainedBytesShouldCountWhatIsLostWithTheNode() {
		long[] shallow = { 1, 10, 100, 1000, 10_000, 5, 5 };
		assertThat(DIAMOND.retainedBytes(shallow)).containsExactly(11_111, 10, 100, 11_000, 10_000, 0, 0);
		assertThat(DIAMOND.retainedBytes(new int[] { 1, 2 }, shallow)).isEqualTo(11_110);
	}

	@Test
	void seededShouldMakeTheSameGraphAgainAndManyKinds() {
		assertThat(RandomGraph.seeded(1, 300).map(RandomGraph::toString))
			.containsExactlyElementsOf(RandomGraph.seeded(1, 300).map(RandomGraph::toString).toList());
		assertThat(RandomGraph.seeded(1, 300)).allSatisfy((graph) -> assertThat(graph.size()).isBetween(1, 60))
			.anySatisfy((graph) -> assertThat(graph.size()).isEqualTo(1))
			.anySatisfy((graph) -> assertThat(graph.roots()).hasSizeGreaterThan(3))
			.anySatisfy((graph) -> assertThat(graph.reachable()).contains(true, false))
			.anySatisfy((graph) -> assertThat(Arrays.stream(graph.distances()).max().orElse(0)).isGreaterThan(40))
			.anySatisfy((graph) -> assertThat(graph.references(0)).contains(0))
			.anySatisfy((graph) -> assertThat(graph.references(0)).hasSizeGreaterThan(5));
	}

	@Test
	void dumpShouldHaveAnObjectForEachNode() {
		RandomGraph.seeded(1, 50).forEach((graph) -> {
			RandomGraphDump dump = RandomGraphDump.of(graph, new HprofWriter(), 7);
			String bytes = HexFormat.of().formatHex(dump.heap().toBytes());
			Set<Long> addresses = new HashSet<>();
			for (int node = 0; node < graph.size(); node++) {
				addresses.add(dump.address(node));
				for (int target : graph.references(node)) {
					assertThat(bytes).contains("%016x".formatted(dump.address(target)));
				}
			}
			assertThat(addresses).hasSize(graph.size());
		});
	}

}
