package io.leakwatch.core.suspect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

import io.leakwatch.heap.diff.ClassDelta;
import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link ClassGrowth}.
 */
class ClassGrowthTests {

	private static final String FILES = "static java.io.DeleteOnExitHook.files (java.util.LinkedHashSet)";

	private static final HeapEvidence HEAP = new HeapEvidence(1_000_000, 0.999, 20, Instant.EPOCH);

	private final ClassGrowth growth = new ClassGrowth(List.of("com.acme"), new IgnoreList(List.of("com.acme.Known*")));

	private int profiles;

	@Test
	void findWhenOrdersLeakShouldNameTheOrderAndTellItsCompany() {
		for (int i = 0; i < 10; i++) {
			add(Map.of("com.acme.Order", 100L * i, "java.lang.String", 40_000 + 100L * i, "[B", 60_000 + 200L * i,
					"java.util.HashMap$Node", 9_000 + 100L * i, "com.acme.Config", 12L, "org.lib.Thing", 300L));
		}
		assertThat(this.growth.find(null)).singleElement().satisfies((finding) -> {
			assertThat(finding.kind()).isEqualTo(SuspectKind.HEAP);
			assertThat(finding.className()).isEqualTo("com.acme.Order");
			assertThat(finding.count()).isEqualTo(900);
			assertThat(finding.growthPerMinute()).isCloseTo(400, within(1e-6));
			assertThat(finding.bytesPerMinute()).isCloseTo(400 * 24, within(1e-6));
			assertThat(finding.title()).startsWith("com.acme.Order grows by 400 instances a minute");
			assertThat(finding.evidence()).extracting(Evidence::signal).containsExactly("class-histogram");
			assertThat(finding.evidence().get(0).detail()).startsWith("+900 instances over 10 histograms");
		});
	}

	@Test
	void findWhenOthersGrowAtTheSamePaceShouldTellThemAsCompany() {
		for (int i = 0; i < 10; i++) {
			add(Map.of("com.acme.Order", 100L * i, "java.lang.String", 100 + 100L * i, "[B", 100 + 200L * i,
					"org.lib.Wrapper", 100L * i));
		}
		assertThat(this.growth.find(null)).singleElement().satisfies((finding) -> {
			assertThat(finding.className()).isEqualTo("com.acme.Order");
			assertThat(finding.evidence().get(0).detail()).contains("org.lib.Wrapper (+900)", "[B (+1,800)",
					"java.lang.String (+900)");
		});
	}

	@Test
	void findWhenTwoClassesGrowAtTheirOwnPaceShouldNameBothTheApplicationsFirst() {
		for (int i = 0; i < 10; i++) {
			add(Map.of("com.acme.Order", 100L * i, "org.lib.Session", 570L * i, "[B", 10 + 1_700L * i));
		}
		assertThat(this.growth.find(null)).extracting(Finding::className)
			.containsExactly("com.acme.Order", "org.lib.Session");
	}

	@Test
	void findWhenOnlyClassesOfTheJdkGrowShouldNameOne() {
		for (int i = 0; i < 10; i++) {
			add(Map.of("com.acme.Config", 12L, "java.lang.String", 100L * i, "[B", 100L * i));
		}
		assertThat(this.growth.find(null)).singleElement()
			.satisfies((finding) -> assertThat(finding.className()).isEqualTo("[B"));
	}

	@Test
	void findWhenVirtualThreadsGrowShouldTellThreadsAndWhatTheyRun() {
		for (int i = 0; i < 10; i++) {
			add(Map.of("com.acme.Import", 100L * i, "java.lang.VirtualThread", 7 + 100L * i,
					"jdk.internal.vm.StackChunk", 7 + 100L * i, "com.acme.Config", 12L));
		}
		assertThat(this.growth.find(null)).singleElement().satisfies((finding) -> {
			assertThat(finding.kind()).isEqualTo(SuspectKind.THREAD);
			assertThat(finding.className()).isEqualTo("com.acme.Import");
			assertThat(finding.title()).startsWith("Virtual threads grow by 400 a minute, and com.acme.Import")
				.endsWith("there are 907 now");
			assertThat(finding.count()).isEqualTo(907);
		});
	}

	@Test
	void findWhenVirtualThreadsGrowAtAnotherPaceShouldTellBoth() {
		for (int i = 0; i < 10; i++) {
			add(Map.of("com.acme.Order", 100L * i, "com.acme.Import", 570L * i, "java.lang.VirtualThread", 570L * i));
		}
		assertThat(this.growth.find(null)).extracting(Finding::kind, Finding::className)
			.containsExactlyInAnyOrder(tuple(SuspectKind.THREAD, "com.acme.Import"),
					tuple(SuspectKind.HEAP, "com.acme.Order"));
	}

	@Test
	void findWhenVeryManyClassesGrowShouldNameFive() {
		for (int i = 0; i < 10; i++) {
			List<ClassCount> classes = new ArrayList<>();
			long pace = 10;
			for (int each = 0; each < 12; each++) {
				classes.add(new ClassCount("com.acme.C" + each, pace * i, pace * i * 24));
				pace = pace * 5 + 3;
			}
			add(classes);
		}
		assertThat(this.growth.find(null)).hasSize(5)
			.first()
			.satisfies((finding) -> assertThat(finding.className()).isEqualTo("com.acme.C11"));
	}

	@Test
	void findWhenTheHeapGrowsTooShouldBeProbableThenConfirmed() {
		List<Severity> severities = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			add(Map.of("com.acme.Order", 100L * i));
			List<Finding> findings = this.growth.find(HEAP);
			severities.add(findings.get(0).severity());
			if (i >= 7) {
				assertThat(findings.get(0).className()).isEqualTo("com.acme.Order");
				assertThat(findings.get(0).evidence()).extracting(Evidence::signal)
					.containsExactly("class-histogram", "live-heap");
			}
		}
		assertThat(severities.subList(0, 7)).containsOnly(Severity.WATCH);
		assertThat(severities.subList(7, 14)).containsOnly(Severity.PROBABLE);
		assertThat(severities.subList(14, 20)).containsOnly(Severity.CONFIRMED);
		assertThat(this.growth.find(null).get(0).severity()).isEqualTo(Severity.PROBABLE);
	}

	@Test
	void findWhenTheOldGenerationWasNotCollectedShouldWatchTheApplicationsClassesAlone() {
		for (int i = 0; i < 20; i++) {
			add(List.of(new ClassCount("com.acme.Order", 100L * i, 2400L * i),
					new ClassCount("org.lib.Row", 570L * i, 9L * i), new ClassCount("[B", 1_700L * i, 17L * i)), 1);
		}
		assertThat(this.growth.find(HEAP)).singleElement().satisfies((finding) -> {
			assertThat(finding.className()).isEqualTo("com.acme.Order");
			assertThat(finding.severity()).isEqualTo(Severity.WATCH);
			assertThat(finding.title()).doesNotContain("survives");
		});
	}

	@Test
	void findWhenAnApplicationsClassIsProvenForLongShouldBeProbableWhateverTheHeapSays() {
		for (int i = 0; i < 20; i++) {
			add(Map.of("com.acme.Order", 100L * i, "org.lib.Row", 570L * i));
		}
		assertThat(this.growth.find(null)).extracting(Finding::className, Finding::severity)
			.containsExactly(tuple("com.acme.Order", Severity.PROBABLE), tuple("org.lib.Row", Severity.WATCH));
	}

	@Test
	void findWhenADumpTellsWhoHoldsMoreThanThereWereAtFirstShouldNameTheHolder() {
		for (int i = 0; i < 12; i++) {
			add(List.of(new ClassCount("com.acme.Order", 500 + 100L * i, 24 * (500 + 100L * i))), 0);
		}
		// A full cache, perhaps: the rest may be garbage.
		this.growth.dumped(new DumpedHolders(DumpedHoldersTests.dump(180, 500, 0), null, Set.of()));
		assertThat(this.growth.find(null)).extracting(Finding::severity, Finding::holder)
			.containsExactly(tuple(Severity.WATCH, null));
		this.growth.dumped(new DumpedHolders(DumpedHoldersTests.dump(180, 1_600, 0), null, Set.of()));
		assertThat(this.growth.find(null)).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.PROBABLE);
			assertThat(finding.holder()).isEqualTo(DumpedHoldersTests.RECENT);
			assertThat(finding.title()).contains("kept by " + DumpedHoldersTests.RECENT);
			assertThat(finding.evidence()).extracting(Evidence::signal).containsExactly("class-histogram", "heap-dump");
		});
	}

	@Test
	void findWhenTwoDumpsShowTheGrowthShouldNameTheHolder() {
		for (int i = 0; i < 12; i++) {
			add(List.of(new ClassCount("com.acme.Order", 500 + 100L * i, 24 * (500 + 100L * i))), 0);
		}
		this.growth.dumped(
				new DumpedHolders(DumpedHoldersTests.dump(120, 800, 0), DumpedHoldersTests.dump(60, 500, 0), Set.of()));
		assertThat(this.growth.find(null)).extracting(Finding::severity, Finding::holder)
			.containsExactly(tuple(Severity.PROBABLE, DumpedHoldersTests.RECENT));
	}

	@Test
	void findWhenGrowthWentOnAcrossTwoOldCollectionsShouldCallItProven() {
		for (int i = 0; i < 12; i++) {
			add(List.of(new ClassCount("com.acme.Order", 100L * i, 2400L * i)), (i < 5) ? 3 : (i < 9) ? 4 : 5);
		}
		assertThat(this.growth.find(HEAP)).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.PROBABLE);
			assertThat(finding.title()).contains("survives old collections");
		});
	}

	/**
	 * Rows that live for a while: they pile up as garbage until an old collection sweeps
	 * them out.
	 */
	@Test
	void findWhenOldCollectionsSweepTheGrowthOutShouldNotNameALibrarysClass() {
		for (int i = 0; i < 40; i++) {
			long garbage = 300 + 50L * (i % 18);
			add(List.of(new ClassCount("org.lib.Row", garbage, garbage * 24)), i / 18);
			assertThat(this.growth.find(HEAP)).extracting(Finding::className).doesNotContain("org.lib.Row");
		}
	}

	@Test
	void findWhenHistogramsAreFarApartForAWhileShouldGoOnNaming() {
		int second = 0;
		for (int i = 0; i < 16; i++) {
			second += (i < 10) ? 5 : 60;
			this.growth.add(HeapProfile.of(Instant.EPOCH.plusSeconds(second),
					List.of(new ClassCount("com.acme.Order", 10L * second, 240L * second))), 0, Map.of());
			assertThat(this.growth.find(null)).hasSize((i < 7) ? 0 : 1);
		}
	}

	@Test
	void findWhenAnIgnoredClassGrowsBesideALeakShouldNameTheLeak() {
		for (int i = 0; i < 10; i++) {
			add(Map.of("com.acme.KnownEntry", 100L * i, "com.acme.Order", 100L * i));
		}
		assertThat(this.growth.find(null)).extracting(Finding::className).containsExactly("com.acme.Order");
	}

	@Test
	void findWhenOnlyLeakWatchItselfGrowsShouldNameNothing() {
		for (int i = 0; i < 10; i++) {
			add(Map.of("io.leakwatch.core.monitor.Report$TimelinePoint", 100L * i,
					"io.leakwatch.internal.caffeine.Node", 570L * i));
		}
		assertThat(this.growth.find(null)).isEmpty();
	}

	@Test
	void findWhenNoClassGrowsShouldTellTheHeapsGrowthOrNothing() {
		for (int i = 0; i < 10; i++) {
			add(Map.of("com.acme.Order", 1_000L));
		}
		assertThat(this.growth.find(null)).isEmpty();
		assertThat(this.growth.find(HEAP)).containsExactly(HEAP.toFinding());
	}

	@Test
	void findWhenTheLeakWasStoppedShouldNameNothing() {
		for (int i = 0; i < 32; i++) {
			add(Map.of("com.acme.Order", 100L * Math.min(i, 16)));
		}
		assertThat(this.growth.find(null)).isEmpty();
	}

	/**
	 * Classes of services that are well: noise, saw-teeth, waves, and the end of a
	 * warm-up. Of forty services with a hundred classes over 40 histograms each, a few
	 * have a class of the warm-up named in their first histograms, and none for long.
	 */
	@Test
	void findWhenTheServiceIsHealthyShouldSeldomNameAClassAndNotForLong() {
		int servicesWithFinding = 0;
		int longest = 0;
		for (int seed = 0; seed < 40; seed++) {
			Random random = new Random(seed);
			ClassGrowth healthy = new ClassGrowth(List.of("com.acme"), new IgnoreList(List.of("com.acme.Known*")));
			int[] phases = random.ints(100, 0, 10).toArray();
			int streak = 0;
			boolean found = false;
			for (int i = 0; i < 40; i++) {
				healthy.add(HeapProfile.of(Instant.EPOCH.plusSeconds(15L * i), healthyClasses(i, phases, random)), i,
						Map.of());
				streak = healthy.find(null).isEmpty() ? 0 : streak + 1;
				longest = Math.max(longest, streak);
				found |= streak > 0;
			}
			servicesWithFinding += found ? 1 : 0;
		}
		assertThat(servicesWithFinding).isLessThanOrEqualTo(8);
		assertThat(longest).isLessThanOrEqualTo(3);
	}

	private static List<ClassCount> healthyClasses(int moment, int[] phases, Random random) {
		List<ClassCount> classes = new ArrayList<>();
		for (int each = 0; each < phases.length; each++) {
			double shape = switch (each % 4) {
				case 0 -> 1;
				case 1 -> 1 + 0.5 * ((moment + phases[each]) % 5) / 5;
				case 2 -> 1 + 0.3 * Math.sin((moment + phases[each]) / 1.5);
				default -> 3 - 2 * Math.exp(-(moment + 12) / 4.0);
			};
			long count = Math.round(100 * (each + 1) * (shape + 0.02 * random.nextGaussian()));
			classes.add(new ClassCount("com.acme.C" + each, count, count * 24));
		}
		return classes;
	}

	@Test
	void findWhenACacheFillsShouldNameNeitherItsValuesNorTheirCompany() {
		for (int i = 0; i < 20; i++) {
			long quotes = 236 + 17L * i;
			addWithCache(quotes,
					Map.of("com.acme.Quote", quotes, "org.lib.Price", 3 * quotes,
							"java.util.concurrent.ConcurrentHashMap$Node", 1_000 + quotes, "java.lang.String",
							300 + 2 * quotes + 9L * (i % 3), "[B", 500 + 2 * quotes + 11L * (i % 4)));
			assertThat(this.growth.find(null)).isEmpty();
			assertThat(this.growth.find(HEAP)).hasSize(1).containsExactly(HEAP.toFinding());
			assertThat(this.growth.isGrowing()).isFalse();
		}
	}

	@Test
	void findWhenAClassLeaksWhileACacheFillsShouldNameTheLeakAlone() {
		for (int i = 0; i < 20; i++) {
			long quotes = 236 + 17L * i;
			addWithCache(quotes, Map.of("com.acme.Quote", quotes, "com.acme.OrderTrace", 12L * i));
			assertThat(this.growth.find(HEAP)).extracting(Finding::className)
				.doesNotContain("com.acme.Quote")
				.filteredOn(Objects::nonNull)
				.hasSize((i < 7) ? 0 : 1);
		}
		assertThat(this.growth.find(HEAP)).singleElement()
			.extracting(Finding::className, Finding::severity)
			.containsExactly("com.acme.OrderTrace", Severity.CONFIRMED);
	}

	@Test
	void findWhenTheCacheIsFullAndItsClassGrowsOnShouldNameIt() {
		for (int i = 0; i < 40; i++) {
			addWithCache(Math.min(500, 50L * i), Map.of("com.acme.Quote", 50L * i));
			if (i < 11) {
				assertThat(this.growth.find(null)).isEmpty();
			}
		}
		assertThat(this.growth.find(null)).extracting(Finding::className).containsExactly("com.acme.Quote");
	}

	@Test
	void findWhenItIsKnownWhoKeepsAJdkClassShouldBeProbableWithoutOldCollections() {
		for (int i = 0; i < 12; i++) {
			add(files(i), 0);
		}
		assertThat(this.growth.find(null)).isEmpty();
		assertThat(this.growth.leads()).singleElement().satisfies((lead) -> {
			assertThat(lead.classNames()).containsExactlyInAnyOrder("[B", "java.lang.String",
					"java.util.LinkedHashMap$Entry");
			// The map's nodes are the fewest at first.
			assertThat(lead.doubling()).isEqualTo(Duration.ofSeconds(15));
		});
		this.growth.retained(List.of(retention("java.lang.String", Duration.ofSeconds(20))));
		assertThat(this.growth.find(null)).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.PROBABLE);
			assertThat(finding.className()).isEqualTo("java.lang.String");
			assertThat(finding.holder()).isEqualTo(FILES);
			assertThat(finding.title()).contains(", kept by " + FILES);
			assertThat(finding.evidence()).extracting(Evidence::signal)
				.containsExactly("class-histogram", "gc-root-chains");
		});
	}

	/**
	 * A full cache holds objects of every age too, and what it gives up is counted until
	 * it is swept out.
	 */
	@Test
	void findWhenAsManyWereThereAtFirstAsAreKeptShouldNotBelieveIt() {
		for (int i = 0; i < 12; i++) {
			add(List.of(new ClassCount("com.acme.Quote", 2_000 + 100L * i, 24 * (2_000 + 100L * i))), 0);
		}
		this.growth.retained(List.of(retention("com.acme.Quote", Duration.ofSeconds(290))));
		assertThat(this.growth.find(null)).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.WATCH);
			assertThat(finding.holder()).isNull();
		});
		this.growth.retained(List.of(retention("com.acme.Quote", Duration.ofSeconds(380))));
		assertThat(this.growth.find(null)).extracting(Finding::severity).containsExactly(Severity.PROBABLE);
	}

	@Test
	void findWhenTheClassGrowsNoLongerShouldTellNothingOfWhoKeepsIt() {
		for (int i = 0; i < 12; i++) {
			add(files(i), 0);
		}
		this.growth.retained(List.of(retention("[B", Duration.ofMinutes(5))));
		assertThat(this.growth.find(null)).hasSize(1);
		for (int i = 0; i < 12; i++) {
			add(files(11), 0);
		}
		assertThat(this.growth.find(null)).isEmpty();
	}

	@Test
	void isStirringShouldBeTrueOnceAClassHasGrownByMuchInFiveHistograms() {
		for (int i = 0; i < 5; i++) {
			assertThat(this.growth.isStirring()).isFalse();
			add(List.of(new ClassCount("[B", 1_000L * i, (1L << 20) * i)), 0);
		}
		assertThat(this.growth.isStirring()).isTrue();
		add(List.of(new ClassCount("[B", 1_000, 1L << 20)), 0);
		assertThat(this.growth.isStirring()).isFalse();
	}

	private static List<ClassCount> files(int i) {
		return classes(Map.of("java.lang.String", 40_000 + 1_000L * i, "[B", 60_000 + 1_000L * i,
				"java.util.LinkedHashMap$Entry", 1_000 + 1_000L * i));
	}

	private static Retention retention(String className, Duration keptFor) {
		return new Retention(className, FILES, 0.8, keptFor,
				new Evidence("gc-root-chains", "40 of the sampled objects are held by " + FILES, Instant.EPOCH));
	}

	@Test
	void changeShouldCompareTheOldestWithTheNewest() {
		assertThat(this.growth.change()).isNull();
		add(Map.of("com.acme.Order", 10L));
		assertThat(this.growth.change()).isNull();
		for (int i = 1; i < 40; i++) {
			add(Map.of("com.acme.Order", 10L + i));
		}
		assertThat(this.growth.change()).isNotNull()
			.satisfies((diff) -> assertThat(diff.classes()).extracting(ClassDelta::countDelta).containsExactly(15L));
	}

	private void add(Map<String, Long> counts) {
		add(classes(counts));
	}

	private static List<ClassCount> classes(Map<String, Long> counts) {
		return counts.entrySet()
			.stream()
			.map((entry) -> new ClassCount(entry.getKey(), entry.getValue(), entry.getValue() * 24))
			.toList();
	}

	private void add(List<ClassCount> classes) {
		add(classes, this.profiles);
	}

	private void addWithCache(long entries, Map<String, Long> counts) {
		this.growth.add(HeapProfile.of(Instant.EPOCH.plusSeconds(15L * this.profiles), classes(counts)),
				this.profiles++, Map.of("cacheManager/quotes", entries));
	}

	private void add(List<ClassCount> classes, int oldCollections) {
		this.growth.add(HeapProfile.of(Instant.EPOCH.plusSeconds(15L * this.profiles++), classes), oldCollections,
				Map.of());
	}

}
