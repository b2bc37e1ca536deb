package io.leakwatch.core.profile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RootChains}, on chains as the JVM writes them.
 */
class RootChainsTests {

	private static final Instant BEGIN = Instant.parse("2026-11-22T10:00:00Z");

	private static final Instant NOW = BEGIN.plusSeconds(100);

	private final List<OldSample> samples = new ArrayList<>();

	@Test
	void rankWhenMapOfStaticFieldGrowsShouldTellTheField() {
		for (int i = 0; i < 10; i++) {
			sample(staticField("java.io.DeleteOnExitHook", "files", "java.util.LinkedHashSet"),
					field("map", "java.util.LinkedHashMap"), field("table", "[Ljava.util.HashMap$Node;"),
					slot(i, "java.util.LinkedHashMap$Entry"), field("key", "java.lang.String"), field("value", "[B"));
		}
		assertThat(rank()).singleElement().satisfies((holder) -> {
			assertThat(holder.holder()).isEqualTo("static java.io.DeleteOnExitHook.files (java.util.LinkedHashSet)");
			assertThat(holder.samples()).isEqualTo(10);
			assertThat(holder.className()).isEqualTo("[B");
			assertThat(holder.confidence()).isGreaterThan(0.5);
		});
	}

	@Test
	void rankWhenThreadsOfPoolHoldShouldTellTheirGroup() {
		for (int i = 0; i < 12; i++) {
			sample(thread("org.apache.tomcat.util.threads.TaskThread", "conv-pool-" + i % 4),
					field("threadLocals", "java.lang.ThreadLocal$ThreadLocalMap"),
					field("table", "[Ljava.lang.ThreadLocal$ThreadLocalMap$Entry;"),
					slot(5, "java.lang.ThreadLocal$ThreadLocalMap$Entry"), field("value", "java.util.ArrayList"),
					field("elementData", "[Ljava.lang.Object;"), slot(i, "com.acme.probed.Basket"));
		}
		assertThat(rank()).extracting(RetainingHolder::holder)
			.containsExactly(
					"thread group 'conv-pool-#' → java.lang.Thread.threadLocals (java.lang.ThreadLocal$ThreadLocalMap)");
	}

	@Test
	void rankWhenThreadsWereNeverStartedShouldTellWhoHoldsThem() {
		for (int i = 0; i < 12; i++) {
			sample(staticField("java.lang.ApplicationShutdownHooks", "hooks", "java.util.IdentityHashMap"),
					field("table", "[Ljava.lang.Object;"),
					new ChainStep("java.lang.Thread", null, false, i, 0, "Thread Name: Thread-" + i),
					field("holder", "java.lang.Thread$FieldHolder"), field("task", "com.acme.probed.Closer"));
		}
		assertThat(rank()).extracting(RetainingHolder::holder)
			.containsExactly("static java.lang.ApplicationShutdownHooks.hooks (java.util.IdentityHashMap)");
	}

	@Test
	void rankWhenLeakWatchKeepsThemShouldLeaveThemOut() {
		for (int i = 0; i < 12; i++) {
			sample(new ChainStep("io.leakwatch.core.monitor.Watch", null, false, -1, 0, null),
					field("profiles", "java.util.ArrayDeque"), field("elements", "[Ljava.lang.Object;"),
					slot(i, "java.lang.String"));
		}
		assertThat(rank()).isEmpty();
	}

	@Test
	void rankWhenNoSampleIsSurelyMeantShouldNotTellForHowLongTheyAreKept() {
		for (int i = 0; i < 30; i++) {
			Instant at = BEGIN.plusSeconds(3L * i);
			this.samples.add(new OldSample("[B", at, NOW, List.of(),
					new RootChain("Class Loader Data", null, List.of(
							new ChainStep("java.lang.Class", null, false, -1, 0, "Class Name: com.acme.probed.Shop"),
							staticField("com.acme.probed.Shop", "pages", "[Ljava.lang.Object;"), slot(i, "[B")))));
		}
		Age age = new Age(BEGIN, BEGIN);
		assertThat(RootChains.rank(this.samples, Set.of("java.lang.Class"), age)).singleElement()
			.satisfies((holder) -> assertThat(holder.keptFor()).isNull());
		assertThat(RootChains.rank(this.samples, Set.of("[B"), age)).singleElement()
			.satisfies((holder) -> assertThat(holder.keptFor()).isEqualTo(Duration.ofSeconds(87)));
	}

	@Test
	void rankWhenVirtualThreadsPileUpShouldTellThem() {
		for (int i = 0; i < 12; i++) {
			sample(staticField("jdk.internal.vm.ThreadContainers$RootContainer$TrackingRootContainer", "THREADS",
					"java.util.concurrent.ConcurrentHashMap$KeySetView"),
					field("map", "java.util.concurrent.ConcurrentHashMap"),
					field("table", "[Ljava.util.concurrent.ConcurrentHashMap$Node;"),
					slot(i, "java.util.concurrent.ConcurrentHashMap$Node"),
					new ChainStep("java.lang.VirtualThread", "key", false, -1, 0, "Thread Name: "),
					field("runContinuation", "java.lang.VirtualThread$$Lambda"), field("task", "com.acme.probed.Job"));
		}
		assertThat(rank()).singleElement().satisfies((holder) -> {
			assertThat(holder.holder()).isEqualTo("virtual threads");
			assertThat(holder.confidence()).isGreaterThan(0.5);
		});
	}

	@Test
	void rankWhenObjectsAreLinkedShouldTellWhoHoldsTheFirst() {
		for (int i = 0; i < 10; i++) {
			List<ChainStep> steps = new ArrayList<>();
			steps.add(staticField("com.acme.probed.Shop", "newest", "com.acme.probed.Visit"));
			for (int link = 0; link < i * 7; link++) {
				steps.add(field("before", "com.acme.probed.Visit"));
			}
			steps.add(new ChainStep("com.acme.probed.Visit", null, false, -1, 1_000 * i, null));
			steps.add(field("body", "[B"));
			sample(steps);
		}
		assertThat(rank()).first()
			.satisfies((holder) -> assertThat(holder.holder())
				.startsWith("static com.acme.probed.Shop.newest (com.acme.probed.Visit)"));
	}

	@Test
	void rankWhenBeanHoldsShouldTellItsClassAndField() {
		for (int i = 0; i < 10; i++) {
			sample(thread("java.lang.Thread", "main"), field("context", "org.spring.Context"),
					field("beanFactory", "org.spring.DefaultListableBeanFactory"),
					field("singletonObjects", "java.util.concurrent.ConcurrentHashMap"),
					field("table", "[Ljava.util.concurrent.ConcurrentHashMap$Node;"),
					slot(3, "java.util.concurrent.ConcurrentHashMap$Node"),
					field("val", "com.acme.probed.OrderService"), field("recent", "java.util.ArrayList"),
					field("elementData", "[Ljava.lang.Object;"), slot(i, "com.acme.probed.Order"));
		}
		assertThat(rank()).singleElement().satisfies((holder) -> {
			assertThat(holder.holder()).isEqualTo(
					"bean of class com.acme.probed.OrderService → com.acme.probed.OrderService.recent (java.util.ArrayList)");
			assertThat(holder.beanClass()).isEqualTo("com.acme.probed.OrderService");
		});
	}

	@Test
	void rankWhenJdkHoldsForApplicationShouldTellBoth() {
		for (int i = 0; i < 10; i++) {
			sample(staticField("com.acme.probed.App", "self", "com.acme.probed.App"),
					field("timeouts", "com.acme.probed.Timeouts"),
					field("executor", "java.util.concurrent.ScheduledThreadPoolExecutor"),
					field("workQueue", "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue"),
					field("queue", "[Ljava.util.concurrent.RunnableScheduledFuture;"),
					slot(i, "java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask"));
		}
		assertThat(rank()).first()
			.satisfies((holder) -> assertThat(holder.holder())
				.isEqualTo("static com.acme.probed.App.self (com.acme.probed.App) → "
						+ "com.acme.probed.Timeouts.executor (java.util.concurrent.ScheduledThreadPoolExecutor) → "
						+ "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue.queue "
						+ "([Ljava.util.concurrent.RunnableScheduledFuture;)"));
	}

	@Test
	void rankShouldTellHolderAfterHolderByWeight() {
		for (int i = 0; i < 10; i++) {
			sample(staticField("com.acme.probed.A", "few", "java.util.ArrayList"),
					field("elementData", "[Ljava.lang.Object;"), slot(i, "com.acme.probed.Order"));
			sample(staticField("com.acme.probed.B", "many", "java.util.ArrayList"),
					field("elementData", "[Ljava.lang.Object;"), slot(i, "com.acme.probed.Order"));
			sample(staticField("com.acme.probed.B", "many", "java.util.ArrayList"),
					field("elementData", "[Ljava.lang.Object;"), slot(100 + i, "com.acme.probed.Order"));
		}
		assertThat(rank()).extracting(RetainingHolder::holder)
			.containsExactly("static com.acme.probed.B.many (java.util.ArrayList)",
					"static com.acme.probed.A.few (java.util.ArrayList)");
	}

	@Test
	void rankWhenLocalVariableHoldsShouldTellTheThread() {
		sample(new ChainStep("java.util.ArrayList", null, false, -1, 0, null),
				field("elementData", "[Ljava.lang.Object;"), slot(2, "[B"));
		assertThat(rank()).extracting(RetainingHolder::holder)
			.containsExactly("local of thread group 'http-#' (java.util.ArrayList)");
	}

	@Test
	void rankWhenClassIsAskedForShouldLeaveOthersOut() {
		sample(staticField("com.acme.probed.A", "pages", "java.util.ArrayList"),
				field("elementData", "[Ljava.lang.Object;"), slot(2, "com.acme.probed.Page"));
		assertThat(RootChains.rank(this.samples, Set.of("com.acme.probed.Order"), new Age(BEGIN, BEGIN))).isEmpty();
		assertThat(RootChains.rank(this.samples, Set.of("com.acme.probed.Page"), new Age(BEGIN, BEGIN))).hasSize(1);
	}

	@Test
	void rankWhenFieldIsMistakenForAStaticOneShouldNotTellIt() {
		for (int i = 0; i < 10; i++) {
			sample(thread("java.lang.Thread", "main"), field("manager", "com.acme.probed.Manager"),
					new ChainStep("java.util.HashMap", "NAME", true, -1, 0, null),
					field("table", "[Ljava.util.HashMap$Node;"), slot(i, "java.util.HashMap$Node"));
		}
		assertThat(rank()).extracting(RetainingHolder::holder)
			.containsExactly("thread group 'main' → com.acme.probed.Manager.? (java.util.HashMap)");
	}

	@Test
	void survivorsWhenSomeHaveChainsShouldLeaveGarbageOut() {
		sample(thread("java.lang.Thread", "main"), field("order", "com.acme.probed.Order"));
		OldSample garbage = new OldSample("[B", BEGIN, NOW, List.of(), null);
		this.samples.add(garbage);
		assertThat(new Reading(this.samples, List.of(), Duration.ZERO).survivors()).doesNotContain(garbage).hasSize(1);
		assertThat(new Reading(List.of(garbage), List.of(), Duration.ZERO).survivors()).containsExactly(garbage);
	}

	@Test
	void rankWhenThereAreNoChainsShouldBeEmpty() {
		this.samples.add(new OldSample("[B", BEGIN.plusSeconds(1), NOW, List.of(), null));
		assertThat(rank()).isEmpty();
	}

	@Test
	void rankWhenObjectsOfEveryAgeAreHeldShouldTellForHowLong() {
		for (int i = 0; i <= 30; i++) {
			orderAllocated(BEGIN.plusSeconds(2L * i), i);
		}
		assertThat(rank()).singleElement().satisfies((holder) -> {
			assertThat(holder.keptFor()).isEqualTo(Duration.ofSeconds(60));
			assertThat(holder.keptShare()).isEqualTo(1);
		});
	}

	@Test
	void rankWhenOldObjectsAreGivenUpShouldNotTellForHowLong() {
		for (int i = 0; i <= 30; i++) {
			orderAllocated(BEGIN.plusSeconds(60 + i), i);
		}
		assertThat(rank()).singleElement().satisfies((holder) -> assertThat(holder.keptFor()).isNull());
	}

	@Test
	void rankWhenTooFewWereSampledShouldNotTellForHowLong() {
		for (int i = 0; i < 8; i++) {
			orderAllocated(BEGIN.plusSeconds(10L * i), i);
		}
		assertThat(rank()).singleElement().satisfies((holder) -> assertThat(holder.keptFor()).isNull());
	}

	@Test
	void rankWhenSomeAreGarbageShouldTellTheShareThatIsKept() {
		for (int i = 0; i < 15; i++) {
			orderAllocated(BEGIN.plusSeconds(6L * i), i);
			this.samples.add(new OldSample("com.acme.probed.Order", BEGIN.plusSeconds(i), NOW, List.of(), null));
		}
		assertThat(rank()).singleElement().satisfies((holder) -> assertThat(holder.keptShare()).isEqualTo(0.5));
	}

	private void orderAllocated(Instant at, int slot) {
		List<ChainStep> chain = List.of(
				new ChainStep("java.lang.Class", null, false, -1, 0, "Class Name: com.acme.probed.Shop"),
				staticField("com.acme.probed.Shop", "recent", "java.util.ArrayList"),
				field("elementData", "[Ljava.lang.Object;"), slot(slot, "com.acme.probed.Order"));
		this.samples.add(new OldSample("com.acme.probed.Order", at, NOW, List.of(),
				new RootChain("Class Loader Data", null, chain)));
	}

	private List<RetainingHolder> rank() {
		return RootChains.rank(this.samples, Set.of(), new Age(BEGIN, BEGIN));
	}

	private void sample(ChainStep... steps) {
		sample(List.of(steps));
	}

	/** A static field stands for the class that has it, too. */
	private void sample(List<ChainStep> steps) {
		List<ChainStep> chain = new ArrayList<>();
		for (ChainStep step : steps) {
			if (step.isStatic() && step.description() != null) {
				chain.add(new ChainStep("java.lang.Class", null, false, -1, 0, step.description()));
			}
			chain.add(step);
		}
		this.samples.add(new OldSample(chain.get(chain.size() - 1).className(), BEGIN.plusSeconds(10), NOW, List.of(),
				new RootChain("Threads Stack Variable", "http-12", chain)));
	}

	private static ChainStep thread(String className, String name) {
		return new ChainStep(className, null, false, -1, 0, "Thread Name: " + name);
	}

	private static ChainStep staticField(String holdingClass, String field, String className) {
		return new ChainStep(className, field, true, -1, 0, "Class Name: " + holdingClass);
	}

	private static ChainStep field(String field, String className) {
		return new ChainStep(className, field, false, -1, 0, null);
	}

	private static ChainStep slot(int index, String className) {
		return new ChainStep(className, null, false, index, 0, null);
	}

}
