package io.leakwatch.core.census;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import com.acme.Shop.Chain;
import com.acme.Shop.Node;
import com.acme.Shop.Order;
import com.acme.Shop.OrderService;
import com.acme.Shop.Tree;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ContainerCensus}.
 */
class ContainerCensusTests {

	private static final String RECENT = "bean 'OrderService' → com.acme.Shop$OrderService.recent (java.util.ArrayList)";

	private static final String ITEMS = "bean 'OrderService' → com.acme.Shop$OrderService.inner"
			+ " → com.acme.Shop$Inner.items (java.util.concurrent.ConcurrentHashMap)";

	private final OrderService service = new OrderService();

	private final Census census = new Census(this.service);

	@Test
	void readShouldTellHolderOwnerClassesAndEntries() {
		for (int i = 0; i < 30; i++) {
			this.service.recent.add(new Order());
		}
		assertThat(this.census.pass().size(RECENT))
			.isEqualTo(new HolderSize(RECENT, "bean 'OrderService' → com.acme.Shop$OrderService", "java.util.ArrayList",
					"com.acme.Shop$Order", 30, null, false, false));
	}

	@Test
	void readWhenContainerHasGrownShouldTellItsSizeNowWithoutAnotherPass() {
		this.service.recent.addAll(Collections.nCopies(20, "x"));
		this.census.pass();
		this.service.recent.addAll(Collections.nCopies(30, "x"));
		assertThat(this.census.entries(RECENT)).isEqualTo(50);
	}

	@Test
	void readWhenContainerIsReplacedShouldTellTheNewOneAfterTheNextPass() {
		this.service.recent.addAll(Collections.nCopies(20, "x"));
		this.census.pass();
		this.service.recent = new ArrayList<>(Collections.nCopies(70, "x"));
		assertThat(this.census.pass().entries(RECENT)).isEqualTo(70);
	}

	@Test
	void readWhenFewEntriesShouldTellNothing() {
		this.service.recent.addAll(Collections.nCopies(15, "x"));
		assertThat(this.census.pass().find(RECENT)).isEmpty();
	}

	@Test
	void readWhenNothingHasChangedShouldReturnTheSameObjects() {
		this.service.recent.addAll(Collections.nCopies(20, "x"));
		this.census.pass();
		assertThat(this.census.size(RECENT)).isSameAs(this.census.size(RECENT));
	}

	@Test
	void readWhenContainerIsBelowAnotherShouldTellThePath() {
		for (int i = 0; i < 30; i++) {
			Order order = new Order();
			order.lines.addAll(Collections.nCopies(10, "x"));
			this.service.inner.items.put("order-" + i, order);
		}
		this.census.pass();
		assertThat(this.census.entries(ITEMS)).isEqualTo(30);
		String lines = "bean 'OrderService' → com.acme.Shop$OrderService.inner → com.acme.Shop$Inner.items[*]"
				+ " → com.acme.Shop$Order.lines (java.util.ArrayList)";
		assertThat(this.census.entries(lines)).isEqualTo(300);
		assertThat(this.census.size(lines).owner()).endsWith("com.acme.Shop$Inner.items[*] → com.acme.Shop$Order");
	}

	@Test
	void readWhenOnlyASampleIsLookedAtShouldFollowTheSameContainersAsTheContainerGrows() {
		for (int i = 0; i < 1000; i++) {
			this.service.inner.items.put("order-" + i, order(10));
		}
		String lines = "bean 'OrderService' → com.acme.Shop$OrderService.inner → com.acme.Shop$Inner.items[*]"
				+ " → com.acme.Shop$Order.lines (java.util.ArrayList)";
		long first = this.census.pass().entries(lines);
		assertThat(first).isBetween(50L, 1000L);
		for (int i = 1000; i < 5000; i++) {
			this.service.inner.items.put("order-" + i, order(10));
		}
		assertThat(this.census.pass().entries(lines)).isEqualTo(first);
		this.service.inner.items.values().forEach((order) -> ((Order) order).lines.add("more"));
		assertThat(this.census.entries(lines)).isEqualTo(first / 10 * 11);
		assertThat(this.census.pass().entries(lines)).isEqualTo(first / 10 * 11);
	}

	private static Order order(int lines) {
		Order order = new Order();
		order.lines.addAll(Arrays.asList(new Object[lines]));
		return order;
	}

	@Test
	void readWhenArrayInAFieldGrowsShouldTellItsLengthNow() {
		this.service.listeners = new Object[20];
		this.service.subscribers.set(new Order[30]);
		this.census.pass();
		this.service.listeners = new Object[25];
		String owner = "bean 'OrderService' → com.acme.Shop$OrderService";
		assertThat(this.census.entries(owner + ".listeners (java.lang.Object[])")).isEqualTo(25);
		assertThat(this.census.entries(owner + ".subscribers (com.acme.Shop$Order[])")).isEqualTo(30);
		this.service.subscribers.set(new Order[31]);
		assertThat(this.census.entries(owner + ".subscribers (com.acme.Shop$Order[])")).isEqualTo(31);
	}

	@Test
	void readWhenABeanIsAContainerShouldTellItByItsName() {
		Map<String, Object> bean = new HashMap<>();
		for (int i = 0; i < 100; i++) {
			bean.put("key-" + i, i);
		}
		HolderSize size = new Census(bean).pass().size("bean 'HashMap' (java.util.HashMap)");
		assertThat(size.entries()).isEqualTo(100);
		assertThat(size.owner()).isEqualTo("bean 'HashMap'");
		assertThat(size.elementClass()).isEqualTo("java.lang.Integer");
	}

	@Test
	void walkWhenABeanIsHeldByAnotherShouldTellItUnderItsOwnName() {
		OrderService other = new OrderService();
		other.recent.addAll(Collections.nCopies(20, "x"));
		List<Object> holder = new ArrayList<>(List.of(other));
		ContainerCensus census = new ContainerCensus(
				() -> List.of(new NamedRoot("bean 'a'", holder), new NamedRoot("bean 'b'", other)));
		assertThat(census.walk(Census.LONG)).isTrue();
		assertThat(census.read()).extracting(HolderSize::holder)
			.filteredOn((name) -> name.startsWith("bean "))
			.singleElement(InstanceOfAssertFactories.STRING)
			.startsWith("bean 'b' → ");
	}

	@Test
	void readWhenChainIsMadeByHandShouldCountItsLinks() {
		Chain chain = new Chain();
		chain.append(200);
		Census census = new Census(chain);
		String links = "bean 'Chain' → com.acme.Shop$Chain.head → com.acme.Shop$Node.next";
		HolderSize size = census.pass().size(links);
		assertThat(size).isEqualTo(new HolderSize(links, "bean 'Chain' → com.acme.Shop$Chain.head",
				"com.acme.Shop$Node", "com.acme.Shop$Node", 200, null, true, false));
	}

	@Test
	void walkWhenChainHasAMillionLinksShouldCountThemWithinTheLimit() {
		Chain chain = new Chain();
		chain.append(1_000_000);
		Census census = new Census(chain);
		assertThat(census.pass().entries("bean 'Chain' → com.acme.Shop$Chain.head → com.acme.Shop$Node.next"))
			.isEqualTo(1_000_000);
		assertThat(census.census().lastPass()).satisfies((pass) -> {
			assertThat(pass.objects()).isLessThan(2000);
			assertThat(pass.complete()).isTrue();
		});
	}

	@Test
	void walkWhenChainIsARingShouldEnd() {
		Chain chain = new Chain();
		chain.append(5000);
		Node last = chain.head;
		while (last.next != null) {
			last = last.next;
		}
		last.next = chain.head;
		assertThat(
				new Census(chain).pass().entries("bean 'Chain' → com.acme.Shop$Chain.head → com.acme.Shop$Node.next"))
			.isBetween(4999L, 5001L);
	}

	@Test
	void walkWhenTreeShouldFoldItsPaths() {
		this.service.any = Tree.of(14);
		this.census.pass();
		List<HolderSize> sizes = ofBeans(this.census.census());
		assertThat(sizes).extracting(HolderSize::holder)
			.containsExactlyInAnyOrder("bean 'OrderService' → com.acme.Shop$OrderService.any → com.acme.Shop$Tree.left",
					"bean 'OrderService' → com.acme.Shop$OrderService.any → com.acme.Shop$Tree.right");
		assertThat(sizes.stream().mapToLong(HolderSize::entries).sum()).isEqualTo((1 << 14) - 2);
	}

	/** What the JVM's own threads hold is there besides. */
	private static List<HolderSize> ofBeans(ContainerCensus census) {
		return census.read().stream().filter((size) -> size.holder().startsWith("bean ")).toList();
	}

	@Test
	void walkWhenLimitIsReachedShouldEndAndTellSo() {
		for (int i = 0; i < 40; i++) {
			this.service.recent.add(Tree.of(10));
		}
		ContainerCensus census = new ContainerCensus(() -> List.of(new NamedRoot("bean 'a'", this.service)), 1000,
				Census.LONG);
		assertThat(census.walk(Census.LONG)).isTrue();
		assertThat(census.lastPass()).satisfies((pass) -> {
			assertThat(pass.objects()).isBetween(600, 1000);
			assertThat(pass.complete()).isFalse();
		});
		assertThat(census.read()).extracting(HolderSize::holder)
			.contains("bean 'a' → com.acme.Shop$OrderService.recent (java.util.ArrayList)");
	}

	@Test
	void walkWhenPassTakesTooLongShouldGiveItUpWithWhatWasFound() {
		this.service.recent.addAll(Collections.nCopies(20, "x"));
		this.service.any = Tree.of(12);
		ContainerCensus census = new ContainerCensus(() -> List.of(new NamedRoot("bean 'a'", this.service)), 500_000,
				Duration.ZERO);
		assertThat(census.walk(Duration.ZERO)).isTrue();
		assertThat(census.lastPass()).satisfies((pass) -> assertThat(pass.complete()).isFalse());
		assertThat(census.read()).extracting(HolderSize::entries).contains(20L);
	}

	@Test
	void walkWhenSlicedShouldEndWithTheSameResult() {
		this.service.recent.addAll(Collections.nCopies(20, "x"));
		this.service.any = Tree.of(12);
		List<HolderSize> atOnce = ofBeans(this.census.pass().census());
		ContainerCensus sliced = new ContainerCensus(() -> List.of(new NamedRoot("bean 'OrderService'", this.service)));
		int slices = 1;
		while (!sliced.walk(Duration.ZERO)) {
			slices++;
		}
		assertThat(slices).isGreaterThan(10);
		assertThat(ofBeans(sliced)).containsExactlyInAnyOrderElementsOf(atOnce);
	}

	@Test
	void walkShouldKeepNothingAlive() {
		List<NamedRoot> roots = new ArrayList<>();
		ContainerCensus census = new ContainerCensus(() -> roots);
		List<WeakReference<Object>> references = begin(roots);
		assertThat(census.walk(Census.LONG)).isTrue();
		assertThat(census.read()).isNotEmpty();
		roots.clear();
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
			System.gc();
			return references.stream().allMatch((reference) -> reference.get() == null);
		});
		assertThat(census.read()).filteredOn((size) -> size.holder().startsWith("bean "))
			.allSatisfy((size) -> assertThat(size.isEdge() || size.entries() == 0).isTrue());
		census.walk(Census.LONG);
		assertThat(census.read()).noneMatch((size) -> size.holder().startsWith("bean "));
	}

	private static List<WeakReference<Object>> begin(List<NamedRoot> roots) {
		OrderService service = new OrderService();
		service.recent.addAll(Collections.nCopies(20, "x"));
		service.any = Tree.of(8);
		roots.add(new NamedRoot("bean 'a'", service));
		return List.of(new WeakReference<>(service), new WeakReference<>(service.recent),
				new WeakReference<>(service.any));
	}

	@Test
	void readWhenAHundredThousandContainersShouldFollowABoundedNumber() {
		List<NamedRoot> roots = new ArrayList<>();
		for (int i = 0; i < 3400; i++) {
			OrderService service = new OrderService();
			for (int j = 0; j < 30; j++) {
				service.recent.add(new ArrayList<>(Collections.nCopies(16, "x")));
			}
			roots.add(new NamedRoot("bean '" + i + "'", service));
		}
		ContainerCensus census = new ContainerCensus(() -> roots, 500_000, Census.LONG);
		for (int pass = 0; pass < 3; pass++) {
			assertThat(census.walk(Census.LONG)).isTrue();
			List<HolderSize> sizes = census.read();
			long entries = sizes.stream().filter((size) -> !size.isEdge()).mapToLong(HolderSize::entries).sum();
			assertThat(entries).isBetween(200_000L, 20_000L * 30);
			assertThat(sizes).hasSizeLessThanOrEqualTo(20_000);
		}
	}

	@Test
	void readWhenPoolHasWaitingTasksShouldTellItsQueue() throws InterruptedException {
		ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1);
		try {
			this.service.any = pool;
			for (int i = 0; i < 50; i++) {
				assertThat(pool.schedule(() -> "later", 1, TimeUnit.DAYS).isDone()).isFalse();
			}
			assertThat(this.census.pass().holders())
				.anyMatch((holder) -> holder.startsWith("bean 'OrderService' → com.acme.Shop$OrderService.any"
						+ " → java.util.concurrent.ThreadPoolExecutor.workQueue"
						+ " (java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue"));
		}
		finally {
			pool.shutdownNow();
		}
	}

	@Test
	void readWhenPoolIsOfTheApplicationShouldTellItsBound() {
		ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 1, TimeUnit.DAYS, new LinkedBlockingQueue<>(1000));
		for (int i = 0; i < 100; i++) {
			pool.getQueue().add(() -> {
			});
		}
		this.service.any = pool;
		assertThat(this.census.pass()
			.size("bean 'OrderService' → com.acme.Shop$OrderService.any"
					+ " → java.util.concurrent.ThreadPoolExecutor.workQueue"
					+ " (java.util.concurrent.LinkedBlockingQueue)")
			.bound()).isEqualTo(1000);
	}

	@Test
	void readWhenManyWaitForAFutureShouldCountThem() {
		CompletableFuture<String> ready = new CompletableFuture<>();
		for (int i = 0; i < 100; i++) {
			assertThat(ready.thenApply(String::length).isDone()).isFalse();
		}
		this.service.any = ready;
		HolderSize size = this.census.pass()
			.size("bean 'OrderService' → com.acme.Shop$OrderService.any → java.util.concurrent.CompletableFuture.stack"
					+ " (java.util.concurrent.CompletableFuture)");
		assertThat(size.entries()).isEqualTo(100);
		assertThat(size.isEdge()).isTrue();
	}

}
