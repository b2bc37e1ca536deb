package io.leakwatch.core.bound;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests of {@link BoundedMap} by one thread; {@link BoundedMapConcurrencyTests} has the
 * rest.
 */
class BoundedMapTests {

	private final BoundedMap<String, Integer> map = new BoundedMap<>(100);

	@Test
	void createWhenMaximumIsNotPositiveShouldThrow() {
		assertThatIllegalArgumentException().isThrownBy(() -> new BoundedMap<>(0)).withMessageContaining("0");
		assertThatIllegalArgumentException().isThrownBy(() -> new BoundedMap<>(-7)).withMessageContaining("-7");
	}

	@Test
	void putWhenFullShouldEvictAndCount() {
		for (int i = 0; i < 1_000; i++) {
			this.map.put("key" + i, i);
		}
		this.map.settle();
		assertThat(this.map).hasSize(100);
		assertThat(this.map.maximumSize()).isEqualTo(100);
		assertThat(this.map.statistics()).isEqualTo(new BoundedMapStatistics(0, 0, 900));
	}

	@Test
	void getShouldCountHitsAndMisses() {
		this.map.put("a", 1);
		assertThat(this.map.get("a")).isEqualTo(1);
		assertThat(this.map.get("b")).isNull();
		assertThat(this.map.getOrDefault("a", 9)).isEqualTo(1);
		assertThat(this.map.getOrDefault("c", 9)).isEqualTo(9);
		assertThat(this.map.computeIfAbsent("a", (key) -> 7)).isEqualTo(1);
		assertThat(this.map.computeIfAbsent("d", (key) -> 7)).isEqualTo(7);
		assertThat(this.map.containsKey("a")).isTrue();
		assertThat(this.map.statistics()).isEqualTo(new BoundedMapStatistics(3, 3, 0));
		assertThat(this.map.statistics().hitRatio()).isEqualTo(0.5);
	}

	@Test
	void hitRatioWhenNothingReadShouldBeNull() {
		assertThat(this.map.statistics().hitRatio()).isNull();
	}

	@Test
	void getWhenKeyIsOfAnotherTypeShouldFindNothing() {
		this.map.put("a", 1);
		assertThat(((Map<?, ?>) this.map).get(1)).isNull();
	}

	@Test
	void removeWhenEntryWasPresentShouldNotCountAnEviction() {
		this.map.put("a", 1);
		assertThat(this.map.remove("a")).isEqualTo(1);
		this.map.put("b", 1);
		this.map.clear();
		assertThat(this.map).isEmpty();
		assertThat(this.map.statistics().evictions()).isZero();
	}

	@Test
	void computeWhenFunctionThrowsShouldKeepEntryAndPassTheException() {
		this.map.put("a", 1);
		IllegalStateException failure = new IllegalStateException("test");
		assertThat(catchThrowable(() -> this.map.compute("a", (key, value) -> {
			throw failure;
		}))).isSameAs(failure);
		assertThat(catchThrowable(() -> this.map.computeIfAbsent("b", (key) -> {
			throw failure;
		}))).isSameAs(failure);
		assertThat(this.map).containsOnly(Map.entry("a", 1));
	}

	@Test
	void computeIfAbsentWhenFunctionWritesOtherKeysShouldEvictAfterwards() {
		BoundedMap<Integer, Integer> nested = new BoundedMap<>(16);
		// Even and odd keys never share a hash bin, so a plain hash map bears this as
		// well;
		// but the entries to be evicted are in any bin.
		for (int i = 0; i < 30_000; i++) {
			int even = 2 * i;
			assertThat(nested.computeIfAbsent(even, (key) -> {
				nested.put(even + 1, even);
				return even;
			})).isEqualTo(even);
			assertThat(nested.size()).isLessThanOrEqualTo(16);
			assertThat(nested.keySet()).hasSize(nested.size());
		}
		assertThat(nested.statistics().evictions()).isEqualTo(60_000 - 16);
	}

	@Test
	void viewsShouldWriteThrough() {
		this.map.putAll(Map.of("a", 1, "b", 2, "c", 3));
		this.map.keySet().remove("a");
		this.map.values().remove(2);
		this.map.entrySet().iterator().next().setValue(30);
		assertThat(this.map).containsOnly(Map.entry("c", 30));
		assertThat(this.map.entrySet()).containsExactly(Map.entry("c", 30));
	}

	@Test
	void equalsShouldCompareEntries() {
		this.map.put("a", 1);
		assertThat(this.map).isEqualTo(Map.of("a", 1)).hasSameHashCodeAs(Map.of("a", 1)).hasToString("{a=1}");
		assertThat(Map.of("a", 1)).isEqualTo(this.map);
		assertThat(this.map).isNotEqualTo(Map.of("a", 2)).isNotEqualTo("a");
	}

	@ParameterizedTest
	@MethodSource("operations")
	void operationShouldDoWhatAConcurrentHashMapDoes(Operation operation) {
		ConcurrentMap<String, Integer> expected = new ConcurrentHashMap<>(Map.of("a", 1, "b", 2));
		this.map.putAll(expected);
		List<Object> expectedResult = operation.perform(expected);
		assertThat(operation.perform(this.map)).isEqualTo(expectedResult);
		assertThat(this.map).isEqualTo(expected);
	}

	@ParameterizedTest
	@MethodSource("misuses")
	void operationWhenArgumentIsNullShouldThrowAsAConcurrentHashMapDoes(Consumer<Map<String, Integer>> misuse) {
		assertThat(catchThrowable(() -> misuse.accept(new ConcurrentHashMap<>(Map.of("a", 1)))))
			.isInstanceOf(NullPointerException.class);
		this.map.put("a", 1);
		assertThat(catchThrowable(() -> misuse.accept(this.map))).isInstanceOf(NullPointerException.class);
		assertThat(this.map).containsOnly(Map.entry("a", 1));
	}

	static Stream<Operation> operations() {
		return Stream.of((map) -> List.of(map.put("a", 9)), (map) -> results(map.put("x", 9)),
				(map) -> results(map.putIfAbsent("a", 9), map.putIfAbsent("x", 9)),
				(map) -> results(map.replace("a", 9), map.replace("x", 9)),
				(map) -> results(map.replace("a", 1, 9), map.replace("b", 1, 9)),
				(map) -> results(map.remove("a"), map.remove("x")),
				(map) -> results(map.remove("a", 1), map.remove("b", 1), map.remove("b", null)),
				(map) -> results(map.compute("a", (key, value) -> value + 1), map.compute("x", (key, value) -> 9),
						map.compute("b", (key, value) -> null), map.compute("y", (key, value) -> null)),
				(map) -> results(map.computeIfAbsent("a", (key) -> 9), map.computeIfAbsent("x", (key) -> 9),
						map.computeIfAbsent("y", (key) -> null)),
				(map) -> results(map.computeIfPresent("a", (key, value) -> value + 1),
						map.computeIfPresent("x", (key, value) -> 9), map.computeIfPresent("b", (key, value) -> null)),
				(map) -> results(map.merge("a", 5, Integer::sum), map.merge("x", 5, Integer::sum),
						map.merge("b", 5, (a, b) -> null)),
				(map) -> {
					map.replaceAll((key, value) -> value * 2);
					return results();
				}, (map) -> {
					List<Object> seen = new ArrayList<>();
					map.forEach((key, value) -> seen.add(key + value));
					seen.sort(null);
					return seen;
				},
				(map) -> results(map.size(), map.isEmpty(), map.containsKey("a"), map.containsValue(2),
						map.containsValue(3)),
				(map) -> results(map.keySet().removeIf("a"::equals), map.values().retainAll(List.of(2))), (map) -> {
					map.clear();
					return results(map.isEmpty());
				});
	}

	static Stream<Consumer<Map<String, Integer>>> misuses() {
		return Stream.of((map) -> map.get(null), (map) -> map.put(null, 1), (map) -> map.put("b", null),
				(map) -> map.putIfAbsent("b", null), (map) -> map.putIfAbsent(null, 1),
				(map) -> results(map.containsKey(null)), (map) -> results(map.containsValue(null)),
				(map) -> map.remove(null), (map) -> map.remove(null, 1), (map) -> map.replace(null, 1),
				(map) -> map.replace("a", null), (map) -> map.replace("a", 1, null), (map) -> map.replace("a", null, 1),
				(map) -> map.compute(null, (key, value) -> 1), (map) -> map.compute("a", null),
				(map) -> map.computeIfAbsent(null, (key) -> 1), (map) -> map.computeIfAbsent("b", null),
				(map) -> map.computeIfPresent(null, (key, value) -> 1), (map) -> map.computeIfPresent("a", null),
				(map) -> map.merge(null, 1, Integer::sum), (map) -> map.merge("b", null, Integer::sum),
				(map) -> map.merge("a", 1, null), (map) -> map.replaceAll(null), (map) -> map.forEach(null),
				(map) -> map.putAll(null));
	}

	private static List<Object> results(Object... values) {
		List<Object> results = new ArrayList<>();
		Collections.addAll(results, values);
		return results;
	}

	/** Something to do with a map, and all that it returned. */
	interface Operation {

		List<Object> perform(ConcurrentMap<String, Integer> map);

	}

}
