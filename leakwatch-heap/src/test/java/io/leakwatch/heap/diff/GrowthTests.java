package io.leakwatch.heap.diff;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.leakwatch.heap.profile.BeanUse;
import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Growth}.
 */
class GrowthTests {

	@Test
	void inEveryIntervalShouldTellWhatGrewEachTime() {
		Growth growth = Growth.inEveryInterval(profiles(new long[] { 100, 200, 300 }, new long[] { 100, 900, 800 }));
		assertThat(growth.paths()).extracting(PathDelta::holder)
			.containsExactly("static com.acme.A.leak (java.util.ArrayList)");
		assertThat(growth.paths().get(0).countDelta()).isEqualTo(200);
		assertThat(growth.classes()).extracting(ClassDelta::className).containsExactly("com.acme.Leaked");
	}

	@Test
	void inEveryIntervalWhenOneIsAHistogramShouldTellClassesAlone() {
		HeapProfile first = HeapProfile.of(Instant.EPOCH, List.of(new ClassCount("com.acme.Leaked", 1, 24)));
		List<HeapProfile> dumps = profiles(new long[] { 100, 200 }, new long[] { 0, 0 });
		Growth growth = Growth.inEveryInterval(List.of(first, dumps.get(0), dumps.get(1)));
		assertThat(growth.paths()).isEmpty();
		assertThat(growth.classes()).hasSize(1);
	}

	@Test
	void inEveryIntervalWhenEightOrMoreShouldBearNoise() {
		long[] noisy = { 100, 130, 120, 180, 230, 220, 260, 300, 340 };
		long[] level = { 300, 320, 280, 330, 290, 310, 320, 285, 325 };
		Growth growth = Growth.inEveryInterval(profiles(noisy, level));
		assertThat(growth.paths()).extracting(PathDelta::className).containsExactly("com.acme.Leaked");
		assertThat(growth.classes()).extracting(ClassDelta::className).containsExactly("com.acme.Leaked");
	}

	@Test
	void inEveryIntervalShouldTellBeansThatGrewEachTime() {
		List<HeapProfile> profiles = List.of(beans(100, 500, 10), beans(200, 400, 20), beans(300, 900, 30));
		assertThat(Growth.inEveryInterval(profiles).beans()).extracting(BeanDelta::name)
			.containsExactly("leaking", "slow");
		List<HeapProfile> mixed = List.of(profiles.get(0), HeapProfile.of(Instant.EPOCH, List.of()), profiles.get(2));
		assertThat(Growth.inEveryInterval(mixed).beans()).isEmpty();
	}

	private static HeapProfile beans(long leaking, long noisy, long slow) {
		return HeapProfile.builder(Instant.EPOCH, HeapProfile.Kind.HEAP_DUMP)
			.beans(List.of(bean("leaking", leaking), bean("noisy", noisy), bean("slow", slow)))
			.build();
	}

	private static BeanUse bean(String name, long held) {
		return new BeanUse(name, "com.acme.Shop", "", BeanUse.Scope.SINGLETON, 1, held, held, 0);
	}

	@Test
	void inEveryIntervalWhenSevenShouldNotBearNoise() {
		assertThat(Growth.keepsGrowing(new long[] { 100, 130, 120, 180, 230, 260, 300 })).isFalse();
		assertThat(Growth.keepsGrowing(new long[] { 1, 2, 3, 4, 5, 6, 7 })).isTrue();
		assertThat(Growth.keepsGrowing(new long[] { 5, 5, 5, 5, 5, 5, 5, 5, 5 })).isFalse();
		assertThat(Growth.keepsGrowing(new long[] { 9, 8, 7, 6, 5, 4, 3, 2, 1 })).isFalse();
	}

	@Test
	void inEveryIntervalWhenFewerThanThreeShouldRefuse() {
		List<HeapProfile> two = profiles(new long[] { 1, 2 }, new long[] { 1, 2 });
		assertThatIllegalArgumentException().isThrownBy(() -> Growth.inEveryInterval(two));
	}

	private static List<HeapProfile> profiles(long[] leak, long[] other) {
		return IntStream.range(0, leak.length)
			.mapToObj((i) -> HeapProfile.builder(Instant.ofEpochSecond(i), HeapProfile.Kind.HEAP_DUMP)
				.classes(List.of(new ClassCount("com.acme.Leaked", leak[i], leak[i] * 24),
						new ClassCount("com.acme.Other", other[i], other[i] * 24)))
				.paths(new Trees().with("static com.acme.A.leak", "java.util.ArrayList", 1, 24)
					.with("static com.acme.A.leak/[*]", "com.acme.Leaked", leak[i], 24)
					.with("static com.acme.A.other", "java.util.ArrayList", 1, 24)
					.with("static com.acme.A.other/[*]", "com.acme.Other", other[i], 24)
					.tree())
				.build())
			.toList();
	}

}
