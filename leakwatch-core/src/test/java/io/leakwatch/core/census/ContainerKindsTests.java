package io.leakwatch.core.census;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.stream.Stream;

import com.acme.Shop.Order;
import com.acme.Shop.OrderService;
import com.acme.Traps.CountingMap;
import com.acme.Traps.IntMap;
import com.acme.Traps.LazyBag;
import com.acme.Traps.PlainMap;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the readers of containers, {@link JdkContainers} and {@link FieldContainers}.
 */
// What is obsolete is in use nevertheless.
@SuppressWarnings("JdkObsolete")
class ContainerKindsTests {

	private static final String ANY = "bean 'OrderService' → com.acme.Shop$OrderService.any";

	private final OrderService service = new OrderService();

	private final Census census = new Census(this.service);

	static Stream<Collection<Object>> collections() {
		return Stream.of(new ArrayList<>(), new LinkedList<>(), new ArrayDeque<>(), new PriorityQueue<>(),
				new HashSet<>(), new LinkedHashSet<>(), new TreeSet<>(), new ConcurrentSkipListSet<>(),
				new CopyOnWriteArrayList<>(), new CopyOnWriteArraySet<>(), new ArrayBlockingQueue<>(1000),
				new LinkedBlockingQueue<>(), new LinkedBlockingDeque<>(), new PriorityBlockingQueue<>(),
				new ConcurrentLinkedQueue<>(), new ConcurrentLinkedDeque<>(), new LinkedTransferQueue<>(),
				ConcurrentHashMap.newKeySet());
	}

	@ParameterizedTest
	@MethodSource("collections")
	void readWhenCollectionOfTheJdkShouldTellItsSize(Collection<Object> collection) {
		fill(collection, 100);
		this.service.any = collection;
		HolderSize size = this.census.pass().size(ANY + " (" + collection.getClass().getName() + ")");
		assertThat(size.entries()).isEqualTo(100);
		collection.add("one-more");
		assertThat(this.census.entries(size.holder())).isEqualTo(101);
	}

	private List<String> ofBean() {
		return this.census.pass().holders().stream().filter((holder) -> holder.startsWith("bean ")).toList();
	}

	private static void fill(Collection<Object> collection, int entries) {
		for (int i = 0; i < entries; i++) {
			collection.add("element-" + i);
		}
	}

	static Stream<Map<Object, Object>> maps() {
		return Stream.of(new HashMap<>(), new LinkedHashMap<>(16, 0.75f, true), new TreeMap<>(),
				new ConcurrentHashMap<>(), new ConcurrentSkipListMap<>(), new IdentityHashMap<>(), new PlainMap());
	}

	@ParameterizedTest
	@MethodSource("maps")
	void readWhenMapOfTheJdkShouldTellItsSizeAndElementClass(Map<Object, Object> map) {
		for (int i = 0; i < 200; i++) {
			map.put("key-" + i, new Order());
		}
		this.service.any = map;
		HolderSize size = this.census.pass().size(ANY + " (" + map.getClass().getName() + ")");
		assertThat(size.entries()).isEqualTo(200);
		assertThat(size.elementClass()).isEqualTo("com.acme.Shop$Order");
	}

	static Stream<Object> lockedOrHarmful() {
		return Stream.of(new Vector<>(nothing()), stack(), new Hashtable<>(pairs()), new WeakHashMap<>(pairs()));
	}

	private static List<Object> nothing() {
		return new ArrayList<>(Collections.nCopies(100, "nothing"));
	}

	private static Stack<Object> stack() {
		Stack<Object> stack = new Stack<>();
		stack.addAll(nothing());
		return stack;
	}

	private static final Map<Object, Object> PAIRS = new HashMap<>();

	private static Map<Object, Object> pairs() {
		for (int i = PAIRS.size(); i < 100; i++) {
			PAIRS.put("pair-" + i, "value");
		}
		return PAIRS;
	}

	@ParameterizedTest
	@MethodSource("lockedOrHarmful")
	void readWhenMethodsLockOrWriteShouldReadFieldsOrNothing(Object container) throws InterruptedException {
		this.service.any = container;
		synchronized (container) {
			// The census must not wait for the lock.
			Thread walker = new Thread(this.census::pass);
			walker.start();
			walker.join(60_000);
			assertThat(walker.isAlive()).isFalse();
		}
		assertThat(this.census.find(ANY + " (" + container.getClass().getName() + ")").map(HolderSize::entries))
			.isEqualTo((RawMemory.available() != null) ? Optional.of(100L) : Optional.empty());
	}

	@Test
	void readWhenWrapperOfTheJdkShouldTellWhatIsWrappedWhereThatCanBeRead() {
		this.service.any = Collections.synchronizedList(nothing());
		Set<Object> set = Collections.newSetFromMap(new ConcurrentHashMap<>());
		fill(set, 100);
		this.service.other = set;
		List<String> holders = ofBean();
		if (RawMemory.available() == null) {
			assertThat(holders).isEmpty();
		}
		else {
			assertThat(holders).containsExactlyInAnyOrder(
					ANY + " → java.util.Collections$SynchronizedList.list (java.util.ArrayList)",
					"bean 'OrderService' → com.acme.Shop$OrderService.other → java.util.Collections$SetFromMap.m"
							+ " (java.util.concurrent.ConcurrentHashMap)");
		}
	}

	@Test
	void walkWhenContainersOfTheApplicationAreTrapsShouldCallNothing() {
		LazyBag bag = new LazyBag();
		fill(bag.bag, 100);
		IntMap<Object> map = new IntMap<>();
		for (int i = 0; i < 50; i++) {
			map.add(new Order());
		}
		this.service.any = bag;
		this.service.other = map;
		this.service.recent.add(new CountingMap());
		this.census.pass().pass();
		assertThat(this.census.entries(ANY + " → com.acme.Traps$LazyBag.bag (java.util.ArrayList)")).isEqualTo(100);
		HolderSize size = this.census
			.size("bean 'OrderService' → com.acme.Shop$OrderService.other (com.acme.Traps$IntMap)");
		assertThat(size.entries()).isEqualTo(50);
		assertThat(size.elementClass()).isEqualTo("com.acme.Shop$Order");
	}

	@Test
	void readWhenSubclassHasFieldsOfItsOwnShouldFollowThem() {
		PlainMap map = new PlainMap();
		fill(map.evicted, 40);
		this.service.any = map;
		assertThat(this.census.pass().entries(ANY + " → com.acme.Traps$PlainMap.evicted (java.util.ArrayList)"))
			.isEqualTo(40);
	}

	@Test
	void readWhenCacheOfCaffeineShouldTellItsEntriesAndBound() {
		Cache<String, Order> bounded = Caffeine.newBuilder().maximumSize(500).build();
		Cache<String, Order> weighted = Caffeine.newBuilder()
			.maximumWeight(50_000)
			.weigher((key, order) -> 100)
			.build();
		Cache<String, Order> unbounded = Caffeine.newBuilder().build();
		for (int i = 0; i < 100; i++) {
			bounded.put("order-" + i, new Order());
			weighted.put("order-" + i, new Order());
			unbounded.put("order-" + i, new Order());
		}
		this.service.any = bounded;
		this.service.other = weighted;
		this.service.inner.items.put("unbounded", unbounded);
		assertThat(ofBean()).hasSize(3);
		assertThat(this.census.census().read().stream().filter((size) -> size.holder().startsWith("bean ")))
			.allSatisfy((size) -> {
				assertThat(size.holder()).contains(" → com.github.benmanes.caffeine.cache.");
				assertThat(size.entries()).isEqualTo(100);
				assertThat(size.elementClass()).isEqualTo("com.acme.Shop$Order");
			});
		assertThat(this.census.census().read()).filteredOn((size) -> size.holder().startsWith("bean "))
			.extracting(HolderSize::bound)
			.containsExactlyInAnyOrder(500L, null, null);
	}

	@Test
	void sampleWhenLargeShouldSpreadOverTheContainer() {
		List<Object> list = new ArrayList<>();
		Map<Integer, Object> map = new HashMap<>();
		for (int i = 0; i < 10_000; i++) {
			list.add(i);
			map.put(i, i);
		}
		for (Object container : List.of(list, map)) {
			List<Integer> sampled = new ArrayList<>();
			ContainerReader reader = Objects.requireNonNull(JdkContainers.of(container.getClass()));
			assertThat(reader.sample(container, (key, value) -> sampled.add((Integer) value))).isFalse();
			assertThat(sampled).hasSizeBetween(8, 16)
				.anyMatch((value) -> value < 2500)
				.anyMatch((value) -> value > 7500);
		}
		Object[] slots = list.toArray();
		Arrays.fill(slots, 5, 9_000, null);
		List<Object> sampled = new ArrayList<>();
		assertThat(FieldContainers.sample(slots, (key, value) -> sampled.add(value))).isFalse();
		assertThat(sampled).contains(0).anyMatch((value) -> (Integer) value >= 9000);
	}

}
