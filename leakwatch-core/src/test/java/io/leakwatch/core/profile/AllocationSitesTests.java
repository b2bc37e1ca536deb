package io.leakwatch.core.profile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AllocationSites}.
 */
class AllocationSitesTests {

	private static final Instant BEGIN = Instant.parse("2026-11-22T10:00:00Z");

	private static final Instant NOW = BEGIN.plusSeconds(100);

	private static final Set<String> ORDER = Set.of("com.acme.probed.Order");

	private static final List<CodeLine> PLACE = List.of(new CodeLine("com.acme.probed.Order", "<init>", 8),
			new CodeLine("com.acme.probed.Shop", "place", 41));

	private static final List<CodeLine> RENDER = List.of(new CodeLine("com.acme.probed.Page", "render", 9));

	private final AllocationSites sites = new AllocationSites(new SiteFinder(List.of("com.acme.probed")));

	private final List<OldSample> samples = new ArrayList<>();

	private final List<AllocationSample> allocations = new ArrayList<>();

	@Test
	void rankShouldPutWhatSurvivesBeforeManyYoungObjects() {
		survive("[B", RENDER, 98, 60);
		survive("[B", PLACE, 5, 6);
		assertThat(rank(Set.of("[B"))).first()
			.satisfies((site) -> assertThat(site.site()).isEqualTo("com.acme.probed.Shop.place(Shop.java:41)"));
	}

	@Test
	void rankShouldWeighDownWhatWasThereBeforeTheGrowth() {
		survive("[B", RENDER, -50, 10);
		survive("[B", PLACE, 40, 4);
		assertThat(rank(Set.of())).first().satisfies((site) -> assertThat(site.site()).contains("Shop.place"));
	}

	@Test
	void rankWhenArrayIsMadeByConstructorOfTheClassShouldBeConfident() {
		survive("[B", RENDER, 10, 30);
		survive("[B", PLACE, 10, 10);
		assertThat(rank(ORDER)).first().satisfies((site) -> {
			assertThat(site.site()).contains("Shop.place");
			assertThat(site.className()).isEqualTo("[B");
			assertThat(site.samples()).isEqualTo(10);
			assertThat(site.confidence()).isGreaterThan(0.5);
			assertThat(site.survived()).isTrue();
		});
	}

	@Test
	void rankWhenNothingOfTheClassWasSampledShouldNotBeConfident() {
		survive("[B", RENDER, 10, 30);
		assertThat(rank(ORDER)).allSatisfy((site) -> assertThat(site.confidence()).isLessThan(0.11));
	}

	@Test
	void rankWhenAnotherClassOfTheApplicationSurvivesShouldLeaveItOut() {
		survive("com.acme.probed.Page", RENDER, 10, 30);
		assertThat(rank(ORDER)).isEmpty();
	}

	@Test
	void rankWhenNothingOldWasSampledShouldAskAllocations() {
		this.allocations.add(new AllocationSample("com.acme.probed.Order", PLACE, 1_000));
		this.allocations.add(new AllocationSample("[B", RENDER, 1_000_000));
		assertThat(rank(ORDER)).singleElement().satisfies((site) -> {
			assertThat(site.site()).contains("Shop.place");
			assertThat(site.confidence()).isBetween(0.05, 0.3);
			assertThat(site.survived()).isFalse();
		});
	}

	@Test
	void rankWhenNothingIsKnownShouldBeEmpty() {
		assertThat(rank(ORDER)).isEmpty();
		assertThat(rank(Set.of())).isEmpty();
	}

	@Test
	void reservoirShouldKeepABoundedShareOfAll() {
		AllocationReservoir reservoir = new AllocationReservoir();
		for (int i = 0; i < 30_000; i++) {
			reservoir.add(new AllocationSample("[B", PLACE, i));
		}
		assertThat(reservoir.kept()).hasSize(3_000);
		assertThat(reservoir.kept().stream().mapToLong(AllocationSample::bytes).average().orElseThrow())
			.isBetween(14_000.0, 16_000.0);
	}

	private void survive(String className, List<CodeLine> stack, long second, int count) {
		for (int i = 0; i < count; i++) {
			this.samples.add(new OldSample(className, BEGIN.plusSeconds(second), NOW, stack, null));
		}
	}

	private List<AllocationSite> rank(Set<String> classes) {
		return this.sites.rank(this.samples, this.allocations, classes, new Age(BEGIN, BEGIN));
	}

}
