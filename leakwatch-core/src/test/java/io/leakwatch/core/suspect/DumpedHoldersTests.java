package io.leakwatch.core.suspect;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.PathTree;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DumpedHolders}.
 */
class DumpedHoldersTests {

	static final String RECENT = "bean 'orders' → com.acme.Orders.recent (java.util.HashMap)";

	@Test
	void ofWhenAHolderHasMostOfAClassShouldNameIt() {
		DumpedHolder found = new DumpedHolders(dump(0, 1_000, 100), null, Set.of()).of("com.acme.Order");
		assertThat(found)
			.isEqualTo(new DumpedHolder("com.acme.Order", RECENT, 1_000, 90_000, Instant.EPOCH, null, null));
	}

	@Test
	void ofWhenTheClassIsBelowWhatPilesUpShouldNameThePile() {
		assertThat(new DumpedHolders(dump(0, 1_000, 100), null, Set.of()).of("com.acme.Item")).isNotNull()
			.satisfies((found) -> assertThat(found.holder()).isEqualTo(RECENT));
	}

	@Test
	void ofWhenNobodyHasHalfOfThemShouldBeUnknown() {
		HeapProfile half = dump(0, 1_000, 1_000);
		HeapProfile more = HeapProfile.builder(Instant.EPOCH, HeapProfile.Kind.HEAP_DUMP)
			.classes(List.of(new ClassCount("com.acme.Order", 2_001, 24 * 2_001)))
			.paths(half.paths())
			.build();
		assertThat(new DumpedHolders(half, null, Set.of()).of("com.acme.Order")).isNotNull();
		assertThat(new DumpedHolders(more, null, Set.of()).of("com.acme.Order")).isNull();
		assertThat(new DumpedHolders(dump(0, 1_000, 100), null, Set.of()).of("com.acme.Other")).isNull();
	}

	@Test
	void atWhenThereWasADumpBeforeShouldTellWhatWasGained() {
		DumpedHolder found = new DumpedHolders(dump(60, 1_000, 100), dump(0, 400, 100), Set.of()).at(RECENT);
		assertThat(found).isNotNull().satisfies((holder) -> {
			assertThat(holder.gained()).isEqualTo(600);
			assertThat(holder.grows(600.0)).isTrue();
			assertThat(holder.grows(6_000.0)).isFalse();
			assertThat(holder.toEvidence()).isEqualTo(new Evidence("heap-dump",
					RECENT + " holds 1,000 Order objects and retains 87.9 KB; +600 since the dump 60 s before",
					Instant.EPOCH.plusSeconds(60)));
		});
	}

	@Test
	void atWhenItGaveBackShouldNotGrow() {
		DumpedHolder found = new DumpedHolders(dump(60, 400, 0), dump(0, 1_000, 0), Set.of()).at(RECENT);
		assertThat(found).isNotNull().satisfies((holder) -> assertThat(holder.grows(null)).isFalse());
	}

	@Test
	void atWhenTheDumpDoesNotHaveItShouldBeUnknown() {
		assertThat(new DumpedHolders(dump(0, 1_000, 0), null, Set.of())
			.at("static com.acme.Bus.ALL (java.util.ArrayList)")).isNull();
		assertThat(new DumpedHolders(HeapProfile.of(Instant.EPOCH, List.of()), null, Set.of()).at(RECENT)).isNull();
	}

	/** A map of a bean that has orders, each with an item; and orders elsewhere. */
	static HeapProfile dump(int second, long orders, long elsewhere) {
		return dump(second, orders, elsewhere, null);
	}

	static HeapProfile dump(int second, long orders, long elsewhere, @Nullable String className) {
		String order = (className != null) ? className : "com.acme.Order";
		PathTree.Builder paths = PathTree.builder();
		int bean = paths.add(PathTree.HEAP, "bean 'orders'", "com.acme.Orders", 1, 16, 16, 16);
		int map = paths.add(bean, "com.acme.Orders.recent", "java.util.HashMap", 1, 48, 90_000, 90_000);
		int entries = paths.add(map, PathTree.ELEMENT, order, orders, 24 * orders, 48 * orders, 48 * orders);
		paths.add(entries, "com.acme.Order.item", "com.acme.Item", orders, 24 * orders, 24 * orders, 24 * orders);
		if (elsewhere > 0) {
			int list = paths.add(PathTree.HEAP, "static com.acme.Desk.open", "java.util.ArrayList", 1, 24, 24, 24);
			paths.add(list, PathTree.ELEMENT, order, elsewhere, 24 * elsewhere, 24 * elsewhere, 24 * elsewhere);
		}
		return HeapProfile.builder(Instant.EPOCH.plusSeconds(second), HeapProfile.Kind.HEAP_DUMP)
			.classes(List.of(new ClassCount(order, orders + elsewhere, 24 * (orders + elsewhere)),
					new ClassCount("com.acme.Item", orders, 24 * orders)))
			.paths(paths.build())
			.build();
	}

}
