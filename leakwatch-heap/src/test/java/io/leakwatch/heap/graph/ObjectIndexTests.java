package io.leakwatch.heap.graph;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.leakwatch.heap.memory.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ObjectIndex}, against a sorted map.
 */
class ObjectIndexTests {

	private static final int PAGE_PLACES = 4096;

	private final Path folder;

	ObjectIndexTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@ParameterizedTest
	@CsvSource({ "0, DENSE", "3, DENSE", "4, DENSE", "0, SPARSE", "3, SPARSE", "8, SPARSE", "0, RANDOM", "3, RANDOM",
			"5, RANDOM", "3, CLUSTERS", "0, HIGH_32", "2, HIGH_32", "3, NEGATIVE" })
	void findAndIdShouldAgreeWithAMap(int shift, Ids kind) {
		for (int seed = 0; seed < 12; seed++) {
			Random random = new Random(seed);
			TreeMap<Long, Boolean> leaves = new TreeMap<>(Long::compareUnsigned);
			int count = (seed == 0) ? 1 : 1 + random.nextInt(5_000);
			for (int i = 0; i < count; i++) {
				long id = kind.next(random, i, seed) >>> shift << shift;
				leaves.put((id != 0) ? id : 1L << shift, random.nextInt(3) == 0);
			}
			try (Memory memory = new Memory(64 << 20, this.folder)) {
				check(build(memory, shift, leaves, random), shift, leaves, random);
			}
		}
	}

	@Test
	void findWhenEmptyShouldFindNothing() {
		try (Memory memory = new Memory(1 << 20, this.folder)) {
			ObjectIndex index = new ObjectIndex.Builder(memory, 3).build();
			assertThat(index.size()).isZero();
			assertThat(index.find(0)).isEqualTo(-1);
			assertThat(index.find(8)).isEqualTo(-1);
			assertThat(index.following(8)).isEqualTo(-1);
			assertThat(index.span(8)).isNull();
		}
	}

	@Test
	void addWhenLowBitsAreSetShouldSayThatItDoesNotFit() {
		try (Memory memory = new Memory(1 << 20, this.folder)) {
			ObjectIndex.Builder builder = new ObjectIndex.Builder(memory, 3);
			ObjectIndex.Adder adder = builder.adder();
			assertThat(adder.add(0x1004, false, 1)).isFalse();
			assertThat(adder.add(0x1008, false, 2)).isTrue();
			adder.flush();
			assertThat(builder.build().size()).isOne();
		}
	}

	@Test
	void addClassShouldNotWidenTheSpanOfItsNeighbours() {
		try (Memory memory = new Memory(1 << 20, this.folder)) {
			ObjectIndex.Builder builder = new ObjectIndex.Builder(memory, 3);
			ObjectIndex.Adder adder = builder.adder();
			assertThat(adder.addClass(0x1004)).isFalse();
			assertThat(adder.addClass(0x1008)).isTrue();
			assertThat(adder.addClass(0x90_0008)).isTrue();
			assertThat(adder.add(0x1010, false, 700)).isTrue();
			assertThat(adder.add(0x1018, true, 750)).isTrue();
			adder.flush();
			ObjectIndex index = builder.build();
			assertThat(index.innerCount()).isEqualTo(3);
			assertThat(index.find(0x1008)).isZero();
			assertThat(index.span(0x1008)).containsExactly(700, 750);
			assertThat(index.find(0x90_0008)).isEqualTo(2);
			assertThat(index.span(0x90_0008)).isNull();
		}
	}

	@Test
	void addWhenSeveralThreadsAddShouldLoseNothing() {
		try (Memory memory = new Memory(256 << 20, this.folder)) {
			ObjectIndex.Builder builder = new ObjectIndex.Builder(memory, 3);
			List<CompletableFuture<Void>> threads = IntStream.range(0, 4)
				.mapToObj((thread) -> CompletableFuture.runAsync(() -> {
					ObjectIndex.Adder adder = builder.adder();
					for (int i = 0; i < 500_000; i++) {
						adder.add((4L * i + thread + 1) * 8, thread == 3, 100 + i);
					}
					adder.flush();
				}))
				.toList();
			threads.forEach(CompletableFuture::join);
			ObjectIndex index = builder.build();
			assertThat(index.size()).isEqualTo(2_000_000);
			assertThat(index.innerCount()).isEqualTo(1_500_000);
			for (int i = 0; i < 2_000_000; i += 997) {
				assertThat(index.find(index.id(i))).isEqualTo(i);
			}
			assertThat(index.span(8 * 4000)).containsExactly(100, 1123);
		}
	}

	@Test
	void addWhenIdsAreStrayShouldTakeLittleMemory() {
		try (Memory memory = new Memory(0, this.folder)) {
			ObjectIndex.Builder builder = new ObjectIndex.Builder(memory, 0);
			ObjectIndex.Adder adder = builder.adder();
			Random random = new Random(1);
			long before = usedHeap();
			for (int i = 0; i < 10_000; i++) {
				adder.add(random.nextLong(), false, i);
			}
			adder.flush();
			ObjectIndex index = builder.build();
			assertThat(index.size()).isEqualTo(10_000);
			assertThat(usedHeap() - before).isLessThan(100 << 20);
			assertThat(index.id(9_999)).isNotZero();
		}
	}

	private static long usedHeap() {
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	private static ObjectIndex build(Memory memory, int shift, Map<Long, Boolean> leaves, Random random) {
		ObjectIndex.Builder builder = new ObjectIndex.Builder(memory, shift);
		List<Long> order = new ArrayList<>(leaves.keySet());
		if (random.nextBoolean()) {
			Collections.shuffle(order, random);
		}
		ObjectIndex.Adder adder = builder.adder();
		long offset = 100;
		for (long id : order) {
			offset += 10;
			assertThat(adder.add(id, Boolean.TRUE.equals(leaves.get(id)), offset)).isTrue();
			if (random.nextInt(100) == 0) {
				adder.flush();
				adder = builder.adder();
			}
		}
		adder.flush();
		return builder.build();
	}

	private static void check(ObjectIndex index, int shift, NavigableMap<Long, Boolean> leaves, Random random) {
		int inner = (int) leaves.values().stream().filter((leaf) -> !leaf).count();
		assertThat(index.size()).isEqualTo(leaves.size());
		assertThat(index.innerCount()).isEqualTo(inner);
		int nextInner = 0;
		int nextLeaf = inner;
		for (Map.Entry<Long, Boolean> each : leaves.entrySet()) {
			int expected = each.getValue() ? nextLeaf++ : nextInner++;
			long id = each.getKey();
			assertThat(index.find(id)).isEqualTo(expected);
			assertThat(index.id(expected)).isEqualTo(id);
			Long next = leaves.higherKey(id);
			boolean near = next != null && (next >>> shift) / PAGE_PLACES == (id >>> shift) / PAGE_PLACES;
			assertThat(index.following(id)).isEqualTo((near && next != null) ? next : -1L);
			long[] span = index.span(id);
			assertThat(span).isNotNull();
			if (span != null) {
				assertThat(span[0]).isBetween(110L, span[1]);
			}
			for (long other : new long[] { id + 1, id - 1, id + (1L << shift), id ^ 1L << 40, random.nextLong() }) {
				if (!leaves.containsKey(other)) {
					assertThat(index.find(other)).isEqualTo(-1);
				}
			}
		}
	}

	/** How identifiers are spread. */
	enum Ids {

		DENSE {
			@Override
			long next(Random random, int i, int seed) {
				return 0x7_0000_0000L + random.nextInt(20_000);
			}
		},

		SPARSE {
			@Override
			long next(Random random, int i, int seed) {
				return (random.nextLong() >>> 22) + 8;
			}
		},

		RANDOM {
			@Override
			long next(Random random, int i, int seed) {
				return random.nextLong();
			}
		},

		CLUSTERS {
			@Override
			long next(Random random, int i, int seed) {
				return (random.nextInt(5) * 0x400_0000_0000L) + random.nextInt(1 << (10 + seed));
			}
		},

		HIGH_32 {
			@Override
			long next(Random random, int i, int seed) {
				return 0xffff_ffffL - random.nextInt(1 << (8 + 2 * seed));
			}
		},

		NEGATIVE {
			@Override
			long next(Random random, int i, int seed) {
				return -1L - random.nextInt(1 << (8 + seed));
			}
		};

		abstract long next(Random random, int i, int seed);

	}

}
