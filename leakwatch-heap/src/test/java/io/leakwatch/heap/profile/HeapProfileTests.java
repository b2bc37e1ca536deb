package io.leakwatch.heap.profile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HeapProfile}.
 */
class HeapProfileTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	@Test
	void ofWhenNameRepeatsShouldAddUp() {
		HeapProfile profile = HeapProfile.of(NOW, List.of(new ClassCount("com.acme.Order", 3, 72),
				new ClassCount("[B", 1, 16), new ClassCount("com.acme.Order", 2, 48)));
		assertThat(profile.classes()).containsExactly(new ClassCount("com.acme.Order", 5, 120),
				new ClassCount("[B", 1, 16));
		assertThat(profile.find("com.acme.Order")).isEqualTo(new ClassCount("com.acme.Order", 5, 120));
		assertThat(profile.totalCount()).isEqualTo(6);
		assertThat(profile.totalShallowBytes()).isEqualTo(136);
		assertThat(profile.takenAt()).isEqualTo(NOW);
	}

	@Test
	void ofWhenBytesAreEqualShouldOrderByName() {
		HeapProfile profile = HeapProfile.of(NOW,
				List.of(new ClassCount("b", 1, 8), new ClassCount("a", 9, 8), new ClassCount("c", 1, 16)));
		assertThat(profile.classes()).extracting(ClassCount::className).containsExactly("c", "a", "b");
	}

	@Test
	void ofWhenMoreClassesThanTheBoundShouldNameTheLargestAndCountAll() {
		int given = HeapProfile.MAXIMUM_CLASSES + 100;
		List<ClassCount> classes = new ArrayList<>();
		for (int i = 1; i <= given; i++) {
			classes.add(new ClassCount("com.acme.C" + i, 1, i * 8L));
		}
		HeapProfile profile = HeapProfile.of(NOW, classes);
		assertThat(profile.classes()).hasSize(HeapProfile.MAXIMUM_CLASSES);
		assertThat(profile.classes().get(0).className()).isEqualTo("com.acme.C" + given);
		assertThat(profile.find("com.acme.C100")).isNull();
		assertThat(profile.find("com.acme.C101")).isNotNull();
		assertThat(profile.totalCount()).isEqualTo(given);
		assertThat(profile.totalShallowBytes()).isEqualTo(8L * given * (given + 1) / 2);
	}

	@Test
	void ofWhenEmptyShouldHaveNothing() {
		HeapProfile profile = HeapProfile.of(NOW, List.of());
		assertThat(profile.classes()).isEmpty();
		assertThat(profile.find("[B")).isNull();
		assertThat(profile.totalCount()).isZero();
		assertThat(profile.totalShallowBytes()).isZero();
	}

	@Test
	void classesShouldNotBeModifiable() {
		HeapProfile profile = HeapProfile.of(NOW, List.of(new ClassCount("[B", 1, 16)));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> profile.classes().add(new ClassCount("[C", 1, 16)));
	}

}
