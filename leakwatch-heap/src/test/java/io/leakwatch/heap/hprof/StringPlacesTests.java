package io.leakwatch.heap.hprof;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import io.leakwatch.heap.memory.Memory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link StringPlaces}. */
class StringPlacesTests {

	@ParameterizedTest
	@ValueSource(longs = { 0, 64 << 20 })
	void getShouldAgreeWithAMap(long memoryBytes, @TempDir Path folder) {
		Random random = new Random(7);
		try (Memory memory = new Memory(memoryBytes, folder)) {
			StringPlaces places = new StringPlaces(memory);
			Map<Long, Long> expected = new HashMap<>();
			assertThat(places.get(0)).isEqualTo(StringPlaces.MISSING);
			for (int i = 0; i < 100_000; i++) {
				long id = random.nextBoolean() ? 0x7f00_0000_0000L + 8L * random.nextInt(50_000) : random.nextInt(9);
				long offset = 1 + (random.nextLong() >>> 24);
				places.put(id, offset);
				expected.put(id, offset);
			}
			expected.forEach((id, offset) -> assertThat(places.get(id)).isEqualTo(offset));
			assertThat(places.get(0x7f00_0000_0004L)).isEqualTo(StringPlaces.MISSING);
			assertThat(places.get(-1)).isEqualTo(StringPlaces.MISSING);
		}
	}

}
