package io.leakwatch.core.suspect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.leakwatch.core.census.HolderSize;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link ContainerGrowth}. A tick is a second, and the warm-up takes ten.
 */
class ContainerGrowthTests {

	private static final String RECENT = "bean 'orderService' → com.acme.OrderService.recent (java.util.ArrayList)";

	private final ContainerGrowth growth = create(List.of());

	private Instant now = Instant.EPOCH;

	@Test
	void findWhenAListGetsEverMoreEntriesShouldNameItsHolder() {
		for (int i = 0; i < 40; i++) {
			add(orders(RECENT, 100 + 20L * i));
		}
		assertThat(find()).singleElement().satisfies((finding) -> {
			assertThat(finding.kind()).isEqualTo(SuspectKind.HEAP);
			assertThat(finding.severity()).isEqualTo(Severity.PROBABLE);
			assertThat(finding.holder()).isEqualTo(RECENT);
			assertThat(finding.className()).isEqualTo("com.acme.Order");
			assertThat(finding.count()).isEqualTo(880);
			assertThat(finding.growthPerMinute()).isCloseTo(1_200, within(1e-6));
			assertThat(finding.title()).isEqualTo(
					"bean 'orderService' keeps ever more Order objects in OrderService.recent: 1,200 more a minute, 880 now");
			assertThat(finding.evidence()).containsExactly(
					new Evidence("container-census", RECENT + " has gained 780 entries in 39 s", this.now));
		});
	}

	@Test
	void findWhenGrowthHoldsShouldClimbToProbableAndStay() {
		List<@Nullable Severity> severities = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			add(orders(RECENT, 20L * i));
			List<Finding> findings = find();
			severities.add(findings.isEmpty() ? null : findings.get(0).severity());
		}
		assertThat(severities.subList(0, 8)).containsOnlyNulls();
		assertThat(severities.subList(13, 25)).containsOnly(Severity.WATCH);
		assertThat(severities.subList(30, 200)).containsOnly(Severity.PROBABLE);
	}

	@Test
	void findWhenGrowthEndsShouldEndWithIt() {
		for (int i = 0; i < 90; i++) {
			add(orders(RECENT, 20L * Math.min(60, i)));
		}
		assertThat(find()).isEmpty();
	}

	@Test
	void isHeldShouldTellWhetherAHolderHasGivenBack() {
		for (int i = 0; i < 40; i++) {
			add(orders(RECENT, 100 + 20L * i));
		}
		Finding finding = find().get(0);
		add(orders(RECENT, 880));
		assertThat(this.growth.isHeld(finding)).isTrue();
		add(orders(RECENT, 800));
		assertThat(this.growth.isHeld(finding)).isFalse();
		add(orders(RECENT, 880));
		assertThat(this.growth.isHeld(finding)).isTrue();
		for (int i = 0; i < 5; i++) {
			add();
		}
		assertThat(this.growth.isHeld(finding)).as("gone").isFalse();
		assertThat(this.growth.isHeld(finding.withHolder(null))).isFalse();
	}

	@Test
	void findWhenItFillsUpToABatchAgainAndAgainShouldFindNothing() {
		for (int i = 0; i < 200; i++) {
			add(orders(RECENT, 5L * (i % 13)));
			// The first time, nobody can know that it will end.
			assertThat(find()).hasSizeLessThanOrEqualTo((i < 13) ? 1 : 0);
		}
	}

	@Test
	void findWhenItGetsNoHigherThanItWasShouldFindNothing() {
		add(orders(RECENT, 2_000));
		for (int i = 0; i < 90; i++) {
			add(orders(RECENT, 20L * i));
			assertThat(find()).isEmpty();
		}
	}

	@Test
	void findWhenItGrowsDuringTheWarmUpAloneShouldFindNothing() {
		for (int i = 0; i < 40; i++) {
			this.now = this.now.plusSeconds(1);
			this.growth.add(this.now, List.of(orders(RECENT, 20L * i)), null, false);
		}
		assertThat(find()).isEmpty();
	}

	@Test
	void findWhenALibraryKeepsLittleOfItsOwnShouldWaitUntilGrowthHasHeld() {
		String holder = "bean 'dataSource' → org.database.Page.children (org.database.Page[])";
		for (int i = 0; i < 40; i++) {
			add(size(holder, "org.database.Page", 2L * i));
			assertThat(find()).extracting(Finding::severity).doesNotContain(Severity.WATCH);
		}
		assertThat(find()).extracting(Finding::severity).containsExactly(Severity.PROBABLE);
	}

	@Test
	void findWhenALibraryKeepsMuchOfItsOwnShouldTellAtOnce() {
		String holder = "bean 'dataSource' → org.database.Page.children (org.database.Page[])";
		for (int i = 0; i < 14; i++) {
			add(size(holder, "org.database.Page", 20L * i));
		}
		assertThat(find()).extracting(Finding::severity).containsExactly(Severity.WATCH);
	}

	@Test
	void findWhenLoadedForTwelveSecondsShouldBeNoMoreThanAWatch() {
		for (int i = 0; i < 100; i++) {
			add(orders(RECENT, 5_000L * Math.min(12, i)));
			assertThat(find()).extracting(Finding::severity).doesNotContain(Severity.PROBABLE);
		}
	}

	@Test
	void findWhenItWasLevelBeforeShouldTakeLonger() {
		int probableAt = 0;
		for (int i = 0; i < 200 && probableAt == 0; i++) {
			add(orders(RECENT, 1_000 + 20L * Math.max(0, i - 100)));
			if (find().stream().anyMatch((finding) -> finding.severity() == Severity.PROBABLE)) {
				probableAt = i;
			}
		}
		assertThat(probableAt).isBetween(125, 135);
	}

	@Test
	void findWhenTheBoundIsKnownShouldFindNothing() {
		for (int i = 0; i < 60; i++) {
			add(new HolderSize("bean 'prices' → com.acme.Prices.cache (com.acme.Cache)",
					"bean 'prices' → com.acme.Prices", "com.acme.Cache", "com.acme.Price", 100L * i, 30_000L, false,
					false),
					new HolderSize("bean 'all' → com.acme.All.cache (com.acme.Cache)", "bean 'all' → com.acme.All",
							"com.acme.Cache", "com.acme.Row", 70L * i, Long.MAX_VALUE, false, false));
		}
		assertThat(find()).extracting(Finding::className).containsExactly("com.acme.Row");
	}

	@Test
	void findWhenContainersOfOneOwnerGrowTogetherShouldTellOne() {
		for (int i = 0; i < 60; i++) {
			add(orders(RECENT, 20L * i), size("bean 'orderService' → com.acme.OrderService.index (java.util.HashMap)",
					"java.lang.String", 50L * i));
		}
		assertThat(find()).singleElement().satisfies((finding) -> {
			assertThat(finding.holder()).isEqualTo(RECENT);
			assertThat(finding.evidence()).hasSize(2);
			assertThat(finding.evidence().get(1).detail()).contains("OrderService.index", "grows with it");
		});
	}

	@Test
	void findWhenListsInTheValuesOfAMapGrowWithItShouldNameTheMapAndTheElements() {
		for (int i = 0; i < 60; i++) {
			add(size("bean 'carts' → com.acme.Carts.open (java.util.HashMap)", "java.util.ArrayList", 10L * i),
					orders("bean 'carts' → com.acme.Carts.open[*] (java.util.ArrayList)", 35L * i));
		}
		assertThat(find()).singleElement().satisfies((finding) -> {
			assertThat(finding.holder()).startsWith("bean 'carts' → com.acme.Carts.open (");
			assertThat(finding.className()).isEqualTo("com.acme.Order");
		});
	}

	@Test
	void findWhenTheListsInAMapOfFixedKeysGrowShouldNameThem() {
		for (int i = 0; i < 60; i++) {
			add(size("bean 'carts' → com.acme.Carts.open (java.util.HashMap)", "java.util.ArrayList", 10L),
					orders("bean 'carts' → com.acme.Carts.open[*] (java.util.ArrayList)", 35L * i));
		}
		assertThat(find()).singleElement().satisfies((finding) -> assertThat(finding.holder()).contains("open[*] ("));
	}

	@Test
	void findWhenTwoLeaksHaveNothingInCommonShouldTellBoth() {
		for (int i = 0; i < 60; i++) {
			add(orders(RECENT, 20L * i),
					size("static org.lib.Registry.ALL (java.util.HashMap)", "org.lib.Entry", 20L * i));
		}
		assertThat(find()).extracting(Finding::className).containsExactly("com.acme.Order", "org.lib.Entry");
		assertThat(find().get(1).title())
			.isEqualTo("Static field Registry.ALL keeps ever more Entry objects: 1,200 more a minute, 1,180 now");
	}

	@Test
	void findWhenABeanIsTheContainerShouldNameIt() {
		for (int i = 0; i < 60; i++) {
			add(new HolderSize("bean 'prices' (java.util.HashMap)", "bean 'prices'", "java.util.HashMap", null, 20L * i,
					null, false, false));
		}
		assertThat(find()).extracting(Finding::title)
			.containsExactly("bean 'prices' keeps ever more entries: 1,200 more a minute, 1,180 now");
	}

	@Test
	void findWhenAChainGrowsShouldSaySo() {
		for (int i = 0; i < 60; i++) {
			add(new HolderSize("bean 'ring' → com.acme.Node.next (com.acme.Node)", "bean 'ring'", "com.acme.Node",
					"com.acme.Node", 20L * i, null, true, false));
		}
		assertThat(find()).singleElement()
			.satisfies((finding) -> assertThat(finding.title())
				.startsWith("bean 'ring' keeps an ever longer chain of objects linked by Node.next"));
	}

	@Test
	void findWhenSessionsPileUpShouldWaitForTheirTimeOut() {
		int probableAt = 0;
		for (int i = 0; i < 200 && probableAt == 0; i++) {
			add(size("bean 'tomcat' → org.apache.catalina.session.ManagerBase.sessions (java.util.HashMap)",
					"org.apache.catalina.session.StandardSession", 20L * i));
			if (find().stream().anyMatch((finding) -> finding.severity() == Severity.PROBABLE)) {
				probableAt = i;
			}
		}
		assertThat(probableAt).isBetween(70, 100);
	}

	/** Twenty a second stay, of a hundred and fifty that are swept each six seconds. */
	@Test
	void findWhenALeakIsBelowComingsAndGoingsShouldSeeThroughThem() {
		for (int i = 0; i < 280; i++) {
			add(orders(RECENT, 20L * i + 150L * (3 + i % 6)));
		}
		assertThat(find()).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.PROBABLE);
			assertThat(finding.growthPerMinute()).isCloseTo(1_200, within(60.0));
		});
	}

	@Test
	void findWhenComingsAndGoingsAreAllThereIsShouldFindNothing() {
		Random random = new Random(42);
		for (int i = 0; i < 600; i++) {
			add(orders(RECENT, 150L * (3 + i % 6) + random.nextInt(150)));
			assertThat(find()).isEmpty();
		}
	}

	@Test
	void findWhenTheTrafficRisesAsMuchShouldBeNoMoreThanAWatch() {
		long requests = 0;
		for (int i = 0; i < 120; i++) {
			this.now = this.now.plusSeconds(1);
			requests += 100 + i;
			this.growth.add(this.now, List.of(orders(RECENT, 1_000 + 10L * i)), requests, true);
			assertThat(find()).extracting(Finding::severity).doesNotContain(Severity.PROBABLE);
		}
	}

	@Test
	void findWhenIgnoredOrOwnOrHarmlessShouldFindNothing() {
		ContainerGrowth ignoring = create(List.of("bean 'orderService'*", "com.acme.Known"));
		for (int i = 0; i < 60; i++) {
			this.now = this.now.plusSeconds(1);
			ignoring.add(this.now,
					List.of(orders(RECENT, 20L * i),
							size("bean 'x' → com.acme.X.all (java.util.ArrayList)", "com.acme.Known", 20L * i),
							size("bean 'y' → io.leakwatch.core.monitor.Watch.timeline (java.util.ArrayDeque)", null,
									20L * i),
							size("static org.lib.Types.CACHE (org.springframework.util.ConcurrentReferenceHashMap)",
									null, 20L * i)),
					null, true);
		}
		assertThat(ignoring.find(this.now)).isEmpty();
	}

	@Test
	void findWhenVeryManyHoldersGrowAndFallShouldStillFindTheLeak() {
		for (int i = 0; i < 120; i++) {
			int tick = i;
			List<HolderSize> sizes = new ArrayList<>(IntStream.range(0, 600)
				.mapToObj((each) -> size("static org.lib.C" + each + ".all (java.util.ArrayList)", "org.lib.Row",
						100 + (tick * 7L + each) % 31))
				.toList());
			sizes.add(orders(RECENT, 20L * i));
			add(sizes.toArray(HolderSize[]::new));
		}
		assertThat(find()).extracting(Finding::holder).containsExactly(RECENT);
	}

	@Test
	void findWhenTheHolderIsGoneShouldForgetIt() {
		for (int i = 0; i < 60; i++) {
			add(orders(RECENT, 20L * i));
		}
		add();
		assertThat(find()).isEmpty();
	}

	private static ContainerGrowth create(List<String> ignore) {
		return new ContainerGrowth(List.of("com.acme"), new IgnoreList(ignore), Duration.ofSeconds(10));
	}

	private void add(HolderSize... sizes) {
		this.now = this.now.plusSeconds(1);
		this.growth.add(this.now, List.of(sizes), null, true);
	}

	private List<Finding> find() {
		return this.growth.find(this.now);
	}

	private static HolderSize orders(String holder, long entries) {
		return size(holder, "com.acme.Order", entries);
	}

	private static HolderSize size(String holder, @Nullable String elementClass, long entries) {
		HolderPath path = HolderPath.of(holder);
		String owner = path.path().substring(0, path.path().length() - path.field().length());
		String containerClass = holder.substring(holder.lastIndexOf('(') + 1, holder.length() - 1);
		return new HolderSize(holder, owner, containerClass, elementClass, entries, null, false, false);
	}

}
