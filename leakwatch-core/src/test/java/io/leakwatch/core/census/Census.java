package io.leakwatch.core.census;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** A census of a few objects, for tests. */
final class Census {

	static final Duration LONG = Duration.ofMinutes(5);

	private final ContainerCensus census;

	Census(Object... beans) {
		this.census = new ContainerCensus(() -> roots(beans), 500_000, LONG);
	}

	private static List<NamedRoot> roots(Object... beans) {
		return Arrays.stream(beans)
			.map((bean) -> new NamedRoot("bean '" + bean.getClass().getSimpleName() + "'", bean))
			.toList();
	}

	ContainerCensus census() {
		return this.census;
	}

	Census pass() {
		assertThat(this.census.walk(LONG)).isTrue();
		return this;
	}

	List<String> holders() {
		return this.census.read().stream().map(HolderSize::holder).toList();
	}

	HolderSize size(String holder) {
		return find(holder).orElseThrow(() -> new AssertionError("No " + holder + " in " + holders()));
	}

	Optional<HolderSize> find(String holder) {
		return this.census.read().stream().filter((size) -> size.holder().equals(holder)).findFirst();
	}

	long entries(String holder) {
		return size(holder).entries();
	}

}
