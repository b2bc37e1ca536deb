package io.leakwatch.test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LeftBehind} and the counts that it compares.
 */
class LeftBehindTests {

	private static final LeakCheck CHECK = new LeakCheck(10, 100, 0.9, List.of());

	@Test
	void betweenShouldNameClassesThatGrewWithEveryIteration() {
		LeftBehind left = LeftBehind.between(counts(count("com.acme.Order", 5), count("[B", 1_000)),
				counts(count("com.acme.Order", 95), count("com.acme.Customer", 89), count("[B", 1_200),
						count("java.lang.String", 100)),
				CHECK);
		assertThat(left.named()).extracting(LeftBehind.Growth::briefly).containsExactly("90 com.acme.Order");
		assertThat(left.jdk()).extracting(LeftBehind.Growth::briefly)
			.containsExactly("200 byte[]", "100 java.lang.String");
	}

	@Test
	void describeShouldHaveTheJdkAsCompany() {
		LeftBehind left = LeftBehind.between(counts(), counts(count("[Lcom.acme.Order;", 100),
				count("com.acme.Order", 300), count("java.util.HashMap$Node", 100), count("[[J", 200)), CHECK);
		assertThat(left.describe(CHECK)).isEqualToNormalizingNewlines("""
				100 iterations left objects behind:
				    300 com.acme.Order (4,800 bytes)
				    100 com.acme.Order[] (1,600 bytes)
				… and 200 long[][], 100 java.util.HashMap$Node
				Counted in the whole JVM after full collections: before and after 100 iterations, which followed 10 to \
				warm up. At least 0.9 instances for each iteration fail.""");
	}

	@Test
	void describeWhenThereAreManyClassesShouldNameTheFirst() {
		List<ClassCount> many = new ArrayList<>();
		IntStream.range(0, 100).forEach((i) -> many.add(count("com.acme.Class" + i, 1_000 - i)));
		IntStream.range(0, 100).forEach((i) -> many.add(count("java.util.Class" + i, 1_000 - i)));
		LeftBehind left = LeftBehind.between(counts(), counts(many.toArray(ClassCount[]::new)), CHECK);
		assertThat(left.describe(CHECK)).contains("981 com.acme.Class19")
			.doesNotContain("com.acme.Class20")
			.contains("and of 80 classes more", "993 java.util.Class7, and of 92 JDK classes more");
	}

	@Test
	void leastShouldHaveTheSmallerCountOfEachClass() {
		HeapProfile least = LeakCheck.least(counts(count("a.A", 1), count("a.B", 5), count("a.C", 7)),
				counts(count("a.A", 2), count("a.B", 4), count("a.D", 7)));
		assertThat(least.classes()).containsExactlyInAnyOrder(count("a.A", 1), count("a.B", 4));
	}

	private static HeapProfile counts(ClassCount... classes) {
		return HeapProfile.of(Instant.EPOCH, List.of(classes));
	}

	private static ClassCount count(String className, long count) {
		return new ClassCount(className, count, 16 * count);
	}

}
