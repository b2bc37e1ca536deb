package io.leakwatch.core.suspect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link Fusion}.
 */
class FusionTests {

	private static final String ORDERS = "bean 'orders' → com.acme.Orders.recent (java.util.ArrayList)";

	private static final HeapEvidence HEAP = new HeapEvidence(5e6, 0.99, 20, Instant.EPOCH);

	private final Fusion fusion = new Fusion(List.of("com.acme"));

	@Test
	void joinWhenClassAndContainerShowTheSameShouldTellOne() {
		Finding container = container(ORDERS, "com.acme.Order", 600.0, Severity.PROBABLE);
		Finding grown = grown("com.acme.Order", 590.0, Severity.WATCH);
		List<Joined> joined = this.fusion.join(List.of(container), List.of(grown), List.of(), null);
		assertThat(joined).singleElement().satisfies((each) -> {
			assertThat(each.finding().holder()).isEqualTo(ORDERS);
			assertThat(each.finding().className()).isEqualTo("com.acme.Order");
			assertThat(each.finding().bytesPerMinute()).isEqualTo(590 * 24.0);
			assertThat(each.finding().severity()).isEqualTo(Severity.PROBABLE);
			assertThat(each.finding().evidence()).extracting(Evidence::signal)
				.containsExactly("container-census", "class-histogram");
			assertThat(each.parts()).containsExactly(grown);
		});
	}

	@Test
	void joinWhenADumpHasTheHolderShouldTellWhatItRetains() {
		Finding container = container(DumpedHoldersTests.RECENT, "com.acme.Order", 600.0, Severity.PROBABLE);
		this.fusion.dumped(new DumpedHolders(DumpedHoldersTests.dump(60, 1_000, 0), null, Set.of()));
		assertThat(this.fusion.join(List.of(container), List.of(), List.of(), null)).singleElement()
			.satisfies((each) -> {
				assertThat(each.finding().retainedBytes()).isEqualTo(90_000);
				assertThat(each.finding().severity()).isEqualTo(Severity.PROBABLE);
				assertThat(each.finding().evidence()).extracting(Evidence::signal)
					.containsExactly("container-census", "heap-dump");
			});
	}

	@Test
	void joinWhenTwoDumpsShowTheGrowthShouldBeSurer() {
		this.fusion.dumped(
				new DumpedHolders(DumpedHoldersTests.dump(60, 1_000, 0), DumpedHoldersTests.dump(0, 400, 0), Set.of()));
		for (Severity severity : List.of(Severity.WATCH, Severity.PROBABLE)) {
			Finding container = container(DumpedHoldersTests.RECENT, "com.acme.Order", 600.0, severity);
			assertThat(this.fusion.join(List.of(container), List.of(), List.of(), null)).singleElement()
				.satisfies((each) -> assertThat(each.finding().severity()).isGreaterThan(severity));
		}
	}

	@Test
	void joinWhenObjectsAreThereAgainstExpectationShouldTellThemWithWhoKeepsThem() {
		Finding overdue = gauge(SuspectKind.HEAP, "com.acme.Order", null, null, Severity.PROBABLE);
		Finding container = container(ORDERS, "com.acme.Order", 600.0, Severity.WATCH);
		Finding other = container("bean 'x' → com.acme.X.all (java.util.HashMap)", "com.acme.Item", 900.0,
				Severity.WATCH);
		assertThat(this.fusion.join(List.of(container, other), List.of(), List.of(overdue), null))
			.extracting((each) -> each.finding().holder())
			.containsExactly(ORDERS, "bean 'x' → com.acme.X.all (java.util.HashMap)");
	}

	@Test
	void joinWhenTheHolderOfAGaugeIsKnownShouldTellItInPlaceOfTheGaugeAlone() {
		Finding overdue = gauge(SuspectKind.HEAP, "com.acme.Order", null, null, Severity.PROBABLE);
		assertThat(this.fusion.join(List.of(), List.of(), List.of(overdue.withHolder(ORDERS)), null)).singleElement()
			.satisfies((each) -> assertThat(each.parts()).containsExactly(overdue));
		assertThat(this.fusion.join(List.of(container(ORDERS, "com.acme.Order", 600.0, Severity.WATCH)), List.of(),
				List.of(overdue), null))
			.singleElement()
			.satisfies((each) -> assertThat(each.parts()).contains(overdue));
	}

	@Test
	void joinWhenAClassKeepsPaceShouldNameTheElementsByIt() {
		Finding container = container(ORDERS, "java.lang.Object", 600.0, Severity.WATCH);
		Finding grown = grown("com.acme.Order", 1_190.0, Severity.PROBABLE);
		List<Joined> joined = this.fusion.join(List.of(container), List.of(grown), List.of(), null);
		assertThat(joined).singleElement().satisfies((each) -> {
			assertThat(each.finding().className()).isEqualTo("com.acme.Order");
			assertThat(each.finding().severity()).isEqualTo(Severity.PROBABLE);
			assertThat(each.parts()).containsExactlyInAnyOrder(container, grown);
		});
	}

	@Test
	void joinWhenTheHolderOfALibrarysClassIsKnownShouldTellItInPlaceOfTheClassAlone() {
		Finding alone = grown("org.lib.Row", 590.0, Severity.WATCH);
		assertThat(this.fusion.join(List.of(), List.of(alone), List.of(), null)).isEmpty();
		Finding held = alone.withHolder("static org.lib.Rows.ALL (java.util.HashMap)");
		assertThat(this.fusion.join(List.of(), List.of(held), List.of(), null)).singleElement().satisfies((each) -> {
			assertThat(each.finding()).isEqualTo(held);
			assertThat(each.parts()).containsExactly(alone);
		});
	}

	@Test
	void joinWhenAClassGrowsAtAnotherPaceShouldTellBothTheHolderFirst() {
		List<Joined> joined = this.fusion.join(
				List.of(container("bean 'x' → org.lib.X.all (java.util.HashMap)", null, 600.0, Severity.WATCH)),
				List.of(grown("com.acme.Order", 850.0, Severity.WATCH)), List.of(), null);
		assertThat(joined).extracting((each) -> each.finding().holder())
			.containsExactly("bean 'x' → org.lib.X.all (java.util.HashMap)", null);
	}

	@Test
	void joinWhenAClassOfALibraryGrowsAloneShouldTellItOnlyWhileTheHeapGrows() {
		List<Finding> grown = List.of(grown("org.lib.Row", 300.0, Severity.WATCH));
		assertThat(this.fusion.join(List.of(), grown, List.of(), null)).isEmpty();
		assertThat(this.fusion.join(List.of(), grown, List.of(), HEAP)).hasSize(1);
	}

	@Test
	void joinWhenThreadsGrowAndAContainerOfThemShouldTellTheThreads() {
		Finding threads = gauge(SuspectKind.THREAD, "java.lang.Thread", "thread group 'pool-#'", 12.0,
				Severity.PROBABLE);
		List<Joined> joined = this.fusion.join(
				List.of(container("bean 'runner' → com.acme.Runner.pools (java.util.ArrayList)",
						"java.util.concurrent.ThreadPoolExecutor", 6.0, Severity.PROBABLE)),
				List.of(), List.of(threads), null);
		assertThat(joined).singleElement().satisfies((each) -> {
			assertThat(each.finding().kind()).isEqualTo(SuspectKind.THREAD);
			assertThat(each.finding().holder()).isEqualTo("thread group 'pool-#'");
			assertThat(each.finding().title())
				.endsWith("with them grows bean 'runner' → com.acme.Runner.pools (java.util.ArrayList)");
		});
	}

	@Test
	void joinWhenClassesAreLoadedAsAContainerGrowsShouldNameItsHolder() {
		Finding classes = gauge(SuspectKind.CLASS_LOADER, null, null, 1_200.0, Severity.WATCH);
		String cache = "bean 'rules' → groovy.lang.GroovyClassLoader.classCache (java.util.HashMap)";
		List<Joined> joined = this.fusion.join(
				List.of(container("static com.acme.Names.ALL (java.util.ArrayList)", "com.acme.Name", 1_200.0,
						Severity.PROBABLE), container(cache, "java.lang.Class", 1_190.0, Severity.PROBABLE)),
				List.of(), List.of(classes), null);
		assertThat(joined).singleElement().satisfies((each) -> {
			assertThat(each.finding().kind()).isEqualTo(SuspectKind.CLASS_LOADER);
			assertThat(each.finding().holder()).isEqualTo(cache);
			assertThat(each.finding().severity()).isEqualTo(Severity.PROBABLE);
		});
	}

	@Test
	void joinWhenClassLoadersAreKnownToBeKeptShouldNameTheirHolder() {
		Finding classes = gauge(SuspectKind.CLASS_LOADER, null, null, 660.0, Severity.WATCH);
		String holder = "thread group 'main' → java.lang.Thread.threadLocals (java.lang.ThreadLocal$ThreadLocalMap)";
		Finding loaders = grown("com.acme.PluginLoader", 600.0, Severity.PROBABLE).withHolder(holder);
		Finding orders = grown("com.acme.Order", 100.0, Severity.WATCH);
		assertThat(this.fusion.join(List.of(), List.of(loaders, orders), List.of(classes), null))
			.extracting((each) -> each.finding().kind(), (each) -> each.finding().severity(),
					(each) -> each.finding().className(), (each) -> each.finding().holder())
			.containsExactly(tuple(SuspectKind.CLASS_LOADER, Severity.PROBABLE, "com.acme.PluginLoader", holder),
					tuple(SuspectKind.HEAP, Severity.WATCH, "com.acme.Order", null));
	}

	@Test
	void joinWhenDirectBuffersGrowShouldNameWhoKeepsThem() {
		String holder = "bean 'uploads' → com.acme.Uploads.inFlight (java.util.HashMap)";
		Finding container = container(holder, "java.nio.DirectByteBuffer", 2_400.0, Severity.PROBABLE);
		Finding buffers = gauge(SuspectKind.DIRECT_MEMORY, null, null, null, Severity.WATCH);
		assertThat(this.fusion.join(List.of(container), List.of(), List.of(buffers), null)).singleElement()
			.satisfies((each) -> {
				assertThat(each.finding().kind()).isEqualTo(SuspectKind.DIRECT_MEMORY);
				assertThat(each.finding().holder()).isEqualTo(holder);
			});
		assertThat(this.fusion.join(List.of(container), List.of(), List.of(), null)).singleElement()
			.satisfies((each) -> assertThat(each.finding().kind()).isEqualTo(SuspectKind.DIRECT_MEMORY));
	}

	@Test
	void joinWhenNativeMemoryGrowsShouldNameWhoKeepsItsOwners() {
		Finding memory = new Finding(SuspectKind.NATIVE_MEMORY, Severity.WATCH, 0.99, "Memory grows", null, null, null,
				null, 3e6, List.of(new Evidence("process-memory", "detail", Instant.EPOCH)), "advice");
		Finding orders = container(ORDERS, "com.acme.Order", 60.0, Severity.PROBABLE);
		String holder = "bean 'images' → com.acme.Images.open (java.util.HashMap)";
		Finding images = container(holder, "com.acme.Image", 700.0, Severity.PROBABLE);
		List<Evidence> evidence = new ArrayList<>(images.evidence());
		evidence.add(new Evidence(HolderFinding.NATIVE_OWNERS, "detail", Instant.EPOCH));
		Finding owners = new Finding(images.kind(), images.severity(), images.confidence(), images.title(),
				images.className(), images.holder(), images.count(), images.growthPerMinute(), null, evidence,
				"advice");
		assertThat(this.fusion.join(List.of(orders, owners), List.of(), List.of(memory), null))
			.extracting(Joined::finding)
			.satisfiesExactly((outside) -> {
				assertThat(outside.kind()).isEqualTo(SuspectKind.NATIVE_MEMORY);
				assertThat(outside.severity()).isEqualTo(Severity.PROBABLE);
				assertThat(outside.holder()).isEqualTo(holder);
				assertThat(outside.className()).isEqualTo("com.acme.Image");
				assertThat(outside.growthPerMinute()).isEqualTo(700.0);
				assertThat(outside.title()).isEqualTo("Memory grows; with it grows " + holder);
			}, (other) -> assertThat(other.kind()).isEqualTo(SuspectKind.HEAP));
	}

	@Test
	void joinWhenANumberHasNoConfidenceShouldTellItWithAHolderOnly() {
		Finding memory = new Finding(SuspectKind.NATIVE_MEMORY, Severity.WATCH, 0, "Memory grows", null, null, null,
				null, 3e6, List.of(new Evidence("process-memory", "detail", Instant.EPOCH)), "advice");
		assertThat(this.fusion.join(List.of(), List.of(), List.of(memory), null)).isEmpty();
		Finding deflaters = container("bean 'c' → com.acme.C.byPeer (java.util.HashMap)", "java.util.zip.Deflater",
				60.0, Severity.PROBABLE);
		assertThat(this.fusion.join(List.of(deflaters), List.of(), List.of(memory), null)).singleElement()
			.satisfies((each) -> {
				assertThat(each.finding().title()).startsWith("Memory grows; with it grows bean 'c'");
				assertThat(each.finding().confidence()).isEqualTo(deflaters.confidence());
			});
	}

	@Test
	void joinWhenTheNameTellsTheKindShouldTellIt() {
		assertThat(this.fusion.join(List.of(
				container("bean 'c' → com.acme.C.byPeer (java.util.HashMap)", "java.util.zip.Deflater", 60.0,
						Severity.PROBABLE),
				container("static java.lang.ref.Finalizer.unfinalized (java.lang.ref.Finalizer)", null, 900.0,
						Severity.PROBABLE)),
				List.of(), List.of(), null))
			.extracting((each) -> each.finding().kind())
			.containsExactlyInAnyOrder(SuspectKind.NATIVE_MEMORY, SuspectKind.FINALIZER);
	}

	@Test
	void joinWhenASecondSignalAgreesForLongShouldConfirm() {
		List<Severity> severities = new ArrayList<>();
		Finding container = container(ORDERS, "com.acme.Order", 600.0, Severity.PROBABLE);
		for (int i = 0; i < 30; i++) {
			severities.add(join(container, HEAP));
		}
		assertThat(severities.subList(0, 17)).containsOnly(Severity.PROBABLE);
		assertThat(severities.subList(17, 30)).containsOnly(Severity.CONFIRMED);
	}

	@Test
	void joinWhenNoOtherSignalAgreesShouldConfirmLater() {
		Finding container = container(ORDERS, "com.acme.Order", 600.0, Severity.PROBABLE);
		for (int i = 0; i < 35; i++) {
			assertThat(join(container, null)).isEqualTo(Severity.PROBABLE);
		}
		assertThat(join(container, null)).isEqualTo(Severity.CONFIRMED);
	}

	@Test
	void joinWhenOnlyAWatchShouldNeverConfirm() {
		Finding container = container(ORDERS, "com.acme.Order", 600.0, Severity.WATCH);
		for (int i = 0; i < 300; i++) {
			assertThat(join(container, HEAP)).isEqualTo(Severity.WATCH);
		}
	}

	@Test
	void joinWhenTheHeapAloneGrowsShouldTellItOnlyWithoutAHolder() {
		assertThat(this.fusion.join(List.of(), List.of(HEAP.toFinding()), List.of(), HEAP)).singleElement()
			.satisfies((each) -> assertThat(each.finding()).isEqualTo(HEAP.toFinding()));
		List<Joined> joined = this.fusion.join(List.of(container(ORDERS, "com.acme.Order", 600.0, Severity.PROBABLE)),
				List.of(HEAP.toFinding()), List.of(), HEAP);
		assertThat(joined).singleElement()
			.satisfies((each) -> assertThat(each.finding().evidence()).extracting(Evidence::signal)
				.containsExactly("container-census", "live-heap"));
	}

	@Test
	void joinShouldRankTheLikeliestFirst() {
		List<Joined> joined = this.fusion.join(
				List.of(container("static org.lib.A.all (java.util.HashMap)", "org.lib.Entry", 9_000.0,
						Severity.PROBABLE), container(ORDERS, "com.acme.Order", 400.0, Severity.PROBABLE),
						container("static com.acme.B.all (java.util.HashMap)", "com.acme.Row", 77.0, Severity.WATCH)),
				List.of(grown("com.acme.Unheld", 23_000.0, Severity.PROBABLE)),
				List.of(gauge(SuspectKind.THREAD, null, "thread group 'a-#'", 17.0, Severity.PROBABLE)), null);
		assertThat(joined).extracting((each) -> each.finding().className())
			.containsExactly(null, "com.acme.Order", "org.lib.Entry", "com.acme.Unheld", "com.acme.Row");
	}

	private Severity join(Finding container, @Nullable HeapEvidence heap) {
		return this.fusion.join(List.of(container), List.of(), List.of(), heap).get(0).finding().severity();
	}

	private static Finding container(String holder, @Nullable String className, double perMinute, Severity severity) {
		return finding(SuspectKind.HEAP, "container-census", className, holder, perMinute, null, severity);
	}

	private static Finding grown(String className, double perMinute, Severity severity) {
		return finding(SuspectKind.HEAP, "class-histogram", className, null, perMinute, perMinute * 24, severity);
	}

	private static Finding gauge(SuspectKind kind, @Nullable String className, @Nullable String holder,
			@Nullable Double perMinute, Severity severity) {
		return finding(kind, "gauge", className, holder, perMinute, null, severity);
	}

	private static Finding finding(SuspectKind kind, String signal, @Nullable String className, @Nullable String holder,
			@Nullable Double perMinute, @Nullable Double bytesPerMinute, Severity severity) {
		return new Finding(kind, severity, 0.999, "It grows", className, holder, 1_000L, perMinute, bytesPerMinute,
				List.of(new Evidence(signal, "It grows", Instant.EPOCH)), "Look at it.");
	}

}
