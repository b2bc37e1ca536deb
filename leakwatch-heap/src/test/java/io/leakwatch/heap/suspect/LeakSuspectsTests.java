package io.leakwatch.heap.suspect;

import java.time.Instant;
import java.util.List;

import io.leakwatch.heap.diff.HeapDiff;
import io.leakwatch.heap.diff.Trees;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.LoaderUse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LeakSuspects}.
 */
class LeakSuspectsTests {

	private final Trees trees = new Trees().with("system class", "java.lang.Class", 9_000, 500)
		.with("class loader 'app'", "jdk.internal.loader.ClassLoaders$AppClassLoader", 1, 100)
		.with("class loader 'app'/java.lang.ClassLoader.parallelLockMap", "java.util.concurrent.ConcurrentHashMap", 1,
				100_000)
		.with("class loader 'app'/java.lang.ClassLoader.parallelLockMap/[key]", "java.lang.String", 20_000, 100)
		.with("other root", "java.lang.String", 30_000, 80)
		.with("static java.util.jar.JarFile.cache", "java.util.HashMap", 1, 48)
		.with("static java.util.jar.JarFile.cache/[*]", "[B", 300, 9_000)
		.with("static org.springframework.core.annotation.AnnotationTypeMappings.cache", "java.util.HashMap", 1, 48)
		.with("static org.springframework.core.annotation.AnnotationTypeMappings.cache/[*]", "java.lang.Object", 20_000,
				100);

	@Test
	void ofWhenHeapIsHealthyShouldTellNothingMuch() {
		for (LeakSuspect suspect : LeakSuspects.of(this.trees.profile())) {
			assertThat(suspect.score()).isLessThan(0.05);
		}
	}

	@Test
	void ofWhenContainerPilesUpShouldNameItFirst() {
		this.trees.with("static com.acme.Bus.LISTENERS", "java.util.ArrayList", 1, 40_000)
			.with("static com.acme.Bus.LISTENERS/[*]", "com.acme.Listener", 10_000, 24)
			.with("static com.acme.Bus.LISTENERS/[*]/com.acme.Listener.data", "[B", 10_000, 300);
		LeakSuspect suspect = LeakSuspects.of(this.trees.profile()).get(0);
		assertThat(suspect.kind()).isEqualTo(LeakSuspect.Kind.COLLECTION);
		assertThat(suspect.holder()).isEqualTo("static com.acme.Bus.LISTENERS (java.util.ArrayList)");
		assertThat(suspect.path()).isEqualTo(suspect.holder());
		assertThat(suspect.className()).isEqualTo("com.acme.Listener");
		assertThat(suspect.count()).isEqualTo(10_000);
		assertThat(suspect.heldBytes()).isEqualTo(3_280_000);
		assertThat(suspect.title())
			.isEqualTo("static Bus.LISTENERS (ArrayList) holds 10,000 × Listener, 3.1 MB: 19 % of the heap");
	}

	@Test
	void ofWhenFewContainersHaveFarMoreEntriesInsideShouldNameThose() {
		this.trees.with("static com.acme.Tenants.ALL", "java.util.HashMap", 1, 400)
			.with("static com.acme.Tenants.ALL/[*]", "com.acme.Tenant", 20, 24)
			.with("static com.acme.Tenants.ALL/[*]/com.acme.Tenant.orders", "java.util.ArrayList", 20, 24)
			.with("static com.acme.Tenants.ALL/[*]/com.acme.Tenant.orders/[*]", "com.acme.Order", 100_000, 100);
		assertThat(LeakSuspects.of(this.trees.profile()).get(0).holder()).isEqualTo(
				"static com.acme.Tenants.ALL (java.util.HashMap) → " + "com.acme.Tenant.orders (java.util.ArrayList)");
	}

	@Test
	void ofWhenManyContainersHaveFewEntriesInsideShouldNameTheOuterOne() {
		this.trees.with("static com.acme.Sessions.ALL", "java.util.HashMap", 1, 400)
			.with("static com.acme.Sessions.ALL/[*]", "com.acme.Session", 5_000, 24)
			.with("static com.acme.Sessions.ALL/[*]/com.acme.Session.values", "java.util.HashMap", 5_000, 48)
			.with("static com.acme.Sessions.ALL/[*]/com.acme.Session.values/[*]", "com.acme.Value", 100_000, 100);
		LeakSuspect suspect = LeakSuspects.of(this.trees.profile()).get(0);
		assertThat(suspect.holder()).isEqualTo("static com.acme.Sessions.ALL (java.util.HashMap)");
		assertThat(suspect.className()).isEqualTo("com.acme.Session");
	}

	@Test
	void ofWhenChainIsLongShouldNameItsHolder() {
		this.trees.with("bean 'waiters'", "com.acme.Waiters", 1, 24)
			.with("bean 'waiters'/com.acme.Waiters.ready", "java.util.concurrent.CompletableFuture", 1, 24)
			.with("bean 'waiters'/com.acme.Waiters.ready/java.util.concurrent.CompletableFuture.stack",
					"java.util.concurrent.CompletableFuture$UniAccept", 50_000, 48)
			.with("bean 'waiters'/com.acme.Waiters.ready/java.util.concurrent.CompletableFuture.stack/"
					+ "java.util.concurrent.CompletableFuture$UniAccept.fn", "com.acme.Waiters$$Lambda", 50_000, 24);
		LeakSuspect suspect = LeakSuspects.of(this.trees.profile()).get(0);
		assertThat(suspect.kind()).isEqualTo(LeakSuspect.Kind.LINKED_OBJECTS);
		assertThat(suspect.holder())
			.startsWith("bean 'waiters' → com.acme.Waiters.ready (java.util.concurrent.CompletableFuture) → ");
	}

	@Test
	void ofWhenBeansHoldOnePlaceShouldNotStopAtTheirFactory() {
		String beans = "static com.acme.App.context/"
				+ "org.springframework.beans.factory.support.DefaultSingletonBeanRegistry.singletonObjects";
		this.trees.with("static com.acme.App.context", "org.springframework.context.support.GenericContext", 1, 24)
			.with(beans, "java.util.concurrent.ConcurrentHashMap", 1, 9_000);
		for (int i = 0; i < 300; i++) {
			this.trees.with(beans + "/[*]", "com.acme.Bean" + i, 1, 100);
		}
		this.trees.with(beans + "/[*]/com.acme.Bean299.all", "java.util.HashSet", 1, 24)
			.with(beans + "/[*]/com.acme.Bean299.all/[*]", "com.acme.Order", 50_000, 100);
		assertThat(LeakSuspects.of(this.trees.profile()).get(0).holder())
			.endsWith("com.acme.Bean299.all (java.util.HashSet)");
	}

	@Test
	void ofShouldNotPassOverPlacesOfTheJdkWhereApplicationsLeak() {
		for (String field : List.of("static java.io.DeleteOnExitHook.files",
				"static java.lang.ApplicationShutdownHooks.hooks", "static java.sql.DriverManager.registeredDrivers")) {
			HeapProfile profile = new Trees().with(field, "java.util.LinkedHashSet", 1, 24)
				.with(field + "/[*]", "java.lang.String", 50_000, 100)
				.profile();
			assertThat(LeakSuspects.of(profile)).hasSize(1).allSatisfy((suspect) -> {
				assertThat(suspect.holder()).startsWith(field);
				assertThat(suspect.score()).isGreaterThan(0.9);
			});
		}
	}

	@Test
	void ofWhenFinalizersWaitShouldSaySo() {
		HeapProfile profile = new Trees()
			.with("static java.lang.ref.Finalizer.unfinalized", "java.lang.ref.Finalizer", 40_000, 64)
			.with("static java.lang.ref.Finalizer.unfinalized/java.lang.ref.Reference.referent", "com.acme.Handle",
					40_000, 100)
			.profile();
		assertThat(LeakSuspects.of(profile)).extracting(LeakSuspect::kind).containsExactly(LeakSuspect.Kind.FINALIZERS);
	}

	@Test
	void ofWhenQueueOfFinalizersIsLongShouldNameTheFinalizer() {
		HeapProfile profile = new Trees().with("finalizer queue", "com.acme.Handle", 30_000, 24)
			.with("finalizer queue/com.acme.Handle.block", "[B", 30_000, 1_000)
			.profile();
		LeakSuspect suspect = LeakSuspects.of(profile).get(0);
		assertThat(suspect.kind()).isEqualTo(LeakSuspect.Kind.FINALIZERS);
		assertThat(suspect.className()).isEqualTo("com.acme.Handle");
		assertThat(suspect.holder()).isEqualTo("finalizer queue (java.lang.ref.Finalizer)");
	}

	@Test
	void ofWhenAProxyLeadsToAnApplicationsPlaceShouldNotPassItOver() {
		String target = "bean 'export'/java.lang.reflect.Proxy.h/com.acme.Handler.target";
		HeapProfile profile = new Trees().with("bean 'export'", "jdk.proxy2.$Proxy7", 1, 16)
			.with("bean 'export'/java.lang.reflect.Proxy.h", "com.acme.Handler", 1, 24)
			.with(target, "java.util.IdentityHashMap", 1, 24)
			.with(target + "/[*]", "com.acme.Visit", 14_000, 200)
			.profile();
		assertThat(LeakSuspects.of(profile).get(0).score()).isGreaterThan(0.9);
	}

	@Test
	void ofWhenAFewEntriesHoldAboutAllShouldLookIntoThem() {
		String all = "static com.acme.App.THINGS";
		HeapProfile profile = new Trees().with(all, "java.util.HashMap", 1, 400)
			.with(all + "/[*]", "com.acme.Small", 1_000, 24)
			.with(all + "/[key]", "com.acme.Name", 1_000, 24)
			.with("static com.acme.App.THINGS/[*]", "com.acme.Large", 3, 24)
			.with("static com.acme.App.THINGS/[*]/com.acme.Large.list", "java.util.ArrayList", 3, 24)
			.with("static com.acme.App.THINGS/[*]/com.acme.Large.list/[*]", "com.acme.Order", 90_000, 100)
			.profile();
		assertThat(LeakSuspects.of(profile).get(0).holder()).endsWith("com.acme.Large.list (java.util.ArrayList)");
	}

	@Test
	void ofWhenOneObjectIsLargeShouldTellIt() {
		this.trees.with("static com.acme.Log.OUT", "java.io.ByteArrayOutputStream", 1, 24)
			.with("static com.acme.Log.OUT/java.io.ByteArrayOutputStream.buf", "[B", 1, 90_000_000);
		LeakSuspect suspect = LeakSuspects.of(this.trees.profile()).get(0);
		assertThat(suspect.kind()).isEqualTo(LeakSuspect.Kind.OBJECT);
		assertThat(suspect.title()).isEqualTo("static Log.OUT (ByteArrayOutputStream) → ByteArrayOutputStream.buf "
				+ "(byte[]) holds 85.8 MB: 87 % of the heap");
	}

	@Test
	void ofWhenLoadersAreManyShouldTellThem() {
		HeapProfile profile = HeapProfile.builder(Instant.EPOCH, HeapProfile.Kind.HEAP_DUMP)
			.paths(this.trees.tree())
			.loaders(List.of(new LoaderUse("plugin", "com.acme.PluginLoader", 400, 8_000, 1, 1, 9_000_000, ""),
					new LoaderUse("reflection", "jdk.internal.reflect.DelegatingClassLoader", 900, 900, 0, 0, 9_000_000,
							"")))
			.build();
		assertThat(LeakSuspects.of(profile)).filteredOn((each) -> each.kind() == LeakSuspect.Kind.CLASS_LOADERS)
			.extracting(LeakSuspect::holder)
			.containsExactly("class loader 'plugin'");
	}

	@Test
	void ofWhenGrowingShouldNameWhatGrewNotWhatIsLarge() {
		HeapProfile before = growing(100).profile();
		HeapProfile after = growing(9_000).profile();
		List<LeakSuspect> suspects = LeakSuspects.of(HeapDiff.between(before, after));
		assertThat(suspects).hasSize(1);
		assertThat(suspects.get(0).kind()).isEqualTo(LeakSuspect.Kind.COLLECTION);
		assertThat(suspects.get(0).count()).isEqualTo(8_900);
		assertThat(suspects.get(0).title())
			.isEqualTo("bean 'orders' → Orders.recent (ArrayList) has grown by 8,900 × Order, 869.1 KB: "
					+ "100 % of all growth");
	}

	@Test
	void ofWhenLoadersGetMoreShouldTellThem() {
		HeapProfile before = loaders(2);
		List<LeakSuspect> suspects = LeakSuspects.of(HeapDiff.between(before, loaders(50)));
		assertThat(suspects).extracting(LeakSuspect::kind).containsExactly(LeakSuspect.Kind.CLASS_LOADERS);
		assertThat(suspects.get(0).title())
			.isEqualTo("Class loader 'script' is there 48 times more, with 480 more classes: 100 % of all growth");
		assertThat(LeakSuspects.of(HeapDiff.between(before, before))).isEmpty();
	}

	@Test
	void ofWhenHistogramShouldTellNothing() {
		assertThat(LeakSuspects.of(HeapProfile.of(Instant.EPOCH, List.of()))).isEmpty();
	}

	private static HeapProfile loaders(long count) {
		return HeapProfile.builder(Instant.EPOCH, HeapProfile.Kind.HEAP_DUMP)
			.loaders(List
				.of(new LoaderUse("script", "com.acme.ScriptLoader", count, count * 10, 0, 0, count * 1_000, "")))
			.build();
	}

	private static Trees growing(long orders) {
		return new Trees().with("static com.acme.Reference.DATA", "java.util.HashMap", 1, 48)
			.with("static com.acme.Reference.DATA/[*]", "com.acme.Row", 100_000, 100)
			.with("bean 'orders'", "com.acme.Orders", 1, 24)
			.with("bean 'orders'/com.acme.Orders.recent", "java.util.ArrayList", 1, 24)
			.with("bean 'orders'/com.acme.Orders.recent/[*]", "com.acme.Order", orders, 100);
	}

}
