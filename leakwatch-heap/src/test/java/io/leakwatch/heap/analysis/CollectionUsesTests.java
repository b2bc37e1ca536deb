package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.leakwatch.heap.DumpedJvm;
import io.leakwatch.heap.fixture.FixtureContainers;
import io.leakwatch.heap.hprof.HprofWriter;
import io.leakwatch.heap.hprof.SyntheticArray;
import io.leakwatch.heap.hprof.SyntheticClass;
import io.leakwatch.heap.hprof.SyntheticInstance;
import io.leakwatch.heap.hprof.SyntheticObject;
import io.leakwatch.heap.hprof.SyntheticType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HeapAnalysis#collections()}.
 */
class CollectionUsesTests {

	private static final int ENTRIES = FixtureContainers.ENTRIES;

	private final Path folder;

	private final HprofWriter heap = new HprofWriter().jdkClasses();

	private final SyntheticClass shop = this.heap.declare("com.acme.Shop");

	private int holders;

	CollectionUsesTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@Test
	void sizedListShouldTellEntriesCapacityAndWaste() throws IOException {
		SyntheticClass list = sizedClass("java.util.ArrayList", "elementData");
		SyntheticInstance full = list(list, 3, 8);
		hold(full);
		hold(list(list, 0, 10));
		hold(this.heap.instance(list));
		try (HeapAnalysis analysis = open()) {
			CollectionUse use = use(analysis, "java.util.ArrayList");
			assertThat(use.count()).isEqualTo(3);
			assertThat(use.emptyCount()).isEqualTo(2);
			assertThat(use.entryCount()).isEqualTo(3);
			assertThat(use.capacity()).isEqualTo(18);
			assertThat(use.fill()).isEqualTo(3.0 / 18);
			long own = shallowBytes(analysis, "java.util.ArrayList");
			long arrays = shallowBytes(analysis, "[Ljava.lang.Object;");
			assertThat(use.shallowBytes()).isEqualTo(own + arrays);
			long slot = (arrays - 2 * 16) / 18;
			assertThat(use.wastedBytes()).isEqualTo(2 * own / 3 + 16 + 10 * slot + 5 * slot);
			LargeCollection largest = analysis.collections().largest().get(0);
			assertThat(largest.id()).isEqualTo(full.id());
			assertThat(largest.entryCount()).isEqualTo(3);
			assertThat(largest.retainedBytes()).isGreaterThan(own / 3 + 16 + 8 * slot);
			assertThat(largest.holder()).isEqualTo("static com.acme.Shop.f0 (java.util.ArrayList)");
		}
	}

	@Test
	void arrayThatOthersHoldTooShouldNotCountAsCapacity() throws IOException {
		SyntheticClass list = sizedClass("java.util.ArrayList", "elementData");
		SyntheticArray shared = this.heap.array(this.heap.objectClass(), new @Nullable SyntheticObject[100]);
		hold(this.heap.instance(list).set("elementData", shared));
		hold(this.heap.instance(list).set("elementData", shared));
		try (HeapAnalysis analysis = open()) {
			assertThat(use(analysis, "java.util.ArrayList").capacity()).isZero();
		}
	}

	@Test
	void classThatExtendsKnownOneShouldCountUnderItsOwnNameByTheInheritedField() throws IOException {
		SyntheticClass list = sizedClass("java.util.ArrayList", "elementData");
		SyntheticClass own = this.heap.declare("com.acme.Basket").extending(list).field("size", SyntheticType.INT);
		SyntheticInstance basket = list(own, 0, 8).set(list, "size", 5).set(own, "size", 99);
		hold(basket);
		try (HeapAnalysis analysis = open()) {
			assertThat(use(analysis, "com.acme.Basket").entryCount()).isEqualTo(5);
		}
	}

	@Test
	void setShouldBeOneContainerWithItsMap() throws IOException {
		SyntheticClass map = sizedClass("java.util.HashMap", "table");
		SyntheticClass node = this.heap.declare("java.util.HashMap$Node").references("key", "value", "next");
		SyntheticClass set = this.heap.declare("java.util.HashSet").references("map");
		SyntheticArray table = this.heap.array(node, this.heap.instance(node), null, this.heap.instance(node), null);
		SyntheticInstance filled = this.heap.instance(set)
			.set("map", this.heap.instance(map).set("size", 2).set("table", table));
		hold(filled);
		hold(this.heap.instance(set).set("map", this.heap.instance(map)));
		hold(this.heap.instance(map).set("size", 7));
		try (HeapAnalysis analysis = open()) {
			CollectionUse sets = use(analysis, "java.util.HashSet");
			assertThat(sets.count()).isEqualTo(2);
			assertThat(sets.emptyCount()).isEqualTo(1);
			assertThat(sets.entryCount()).isEqualTo(2);
			assertThat(sets.capacity()).isEqualTo(4);
			assertThat(sets.fill()).isEqualTo(0.5);
			assertThat(sets.shallowBytes()).isEqualTo(
					shallowBytes(analysis, "java.util.HashSet") + shallowBytes(analysis, "java.util.HashMap") * 2 / 3
							+ shallowBytes(analysis, "[Ljava.util.HashMap$Node;")
							+ shallowBytes(analysis, "java.util.HashMap$Node"));
			assertThat(use(analysis, "java.util.HashMap").count()).isEqualTo(1);
			assertThat(analysis.collections().largest()).extracting(LargeCollection::entryCount)
				.containsExactly(7L, 2L);
			assertThat(analysis.collections().largest().get(1).id()).isEqualTo(filled.id());
		}
	}

	@Test
	void concurrentMapShouldAddItsCells() throws IOException {
		SyntheticClass map = concurrentMapClass();
		SyntheticClass cell = this.heap.declare("java.util.concurrent.ConcurrentHashMap$CounterCell")
			.field("value", SyntheticType.LONG);
		SyntheticArray cells = this.heap.array(cell, this.heap.instance(cell).set("value", 500), null,
				this.heap.instance(cell).set("value", -3));
		SyntheticArray cellsOfEmpty = this.heap.array(cell, this.heap.instance(cell).set("value", 2));
		hold(this.heap.instance(map).set("baseCount", -100).set("counterCells", cells));
		hold(this.heap.instance(map).set("baseCount", -2).set("counterCells", cellsOfEmpty));
		hold(this.heap.instance(map).set("baseCount", 40));
		hold(this.heap.instance(map));
		try (HeapAnalysis analysis = open()) {
			CollectionUse use = use(analysis, "java.util.concurrent.ConcurrentHashMap");
			assertThat(use.count()).isEqualTo(4);
			assertThat(use.emptyCount()).isEqualTo(2);
			assertThat(use.entryCount()).isEqualTo(437);
			assertThat(use.capacity()).isZero();
			assertThat(analysis.collections().largest()).extracting(LargeCollection::entryCount)
				.containsExactly(397L, 40L);
		}
	}

	@Test
	void linkedQueueShouldCountNodesWithAnItem() throws IOException {
		SyntheticClass queue = this.heap.declare("java.util.concurrent.ConcurrentLinkedQueue")
			.references("head", "tail");
		SyntheticClass node = this.heap.declare("java.util.concurrent.ConcurrentLinkedQueue$Node")
			.references("item", "next");
		SyntheticInstance last = null;
		SyntheticInstance middle = null;
		for (int i = 0; i < 1_000; i++) {
			SyntheticInstance each = this.heap.instance(node).set("next", last);
			last = (i == 999) ? each : each.set("item", this.shop);
			middle = (i == 500) ? each : middle;
		}
		hold(this.heap.instance(queue).set("head", last).set("tail", middle));
		hold(this.heap.instance(queue).set("head", this.heap.instance(node)));
		try (HeapAnalysis analysis = open()) {
			CollectionUse use = use(analysis, "java.util.concurrent.ConcurrentLinkedQueue");
			assertThat(use.count()).isEqualTo(2);
			assertThat(use.emptyCount()).isEqualTo(1);
			assertThat(use.entryCount()).isEqualTo(999);
			assertThat(analysis.collections().largest()).extracting(LargeCollection::entryCount).containsExactly(999L);
		}
	}

	@Test
	void containerOfSegmentsShouldAddTheirCounts() throws IOException {
		SyntheticClass cache = this.heap.declare("com.google.common.cache.LocalCache").references("segments");
		SyntheticClass segment = this.heap.declare("com.google.common.cache.LocalCache$Segment")
			.field("count", SyntheticType.INT)
			.references("table", "readCount");
		SyntheticClass table = this.heap.declare("java.util.concurrent.atomic.AtomicReferenceArray")
			.references("array");
		SyntheticClass number = this.heap.declare("java.util.concurrent.atomic.AtomicInteger")
			.field("value", SyntheticType.INT);
		SyntheticArray slots = this.heap.array(this.heap.objectClass(), this.shop, null, null, null);
		SyntheticInstance first = this.heap.instance(segment)
			.set("count", 3)
			.set("readCount", this.heap.instance(number).set("value", 1_000))
			.set("table", this.heap.instance(table).set("array", slots));
		hold(this.heap.instance(cache)
			.set("segments", this.heap.array(segment, first, this.heap.instance(segment).set("count", 4))));
		try (HeapAnalysis analysis = open()) {
			CollectionUse use = use(analysis, "com.google.common.cache.LocalCache");
			assertThat(use.entryCount()).isEqualTo(7);
			assertThat(use.capacity()).isEqualTo(4);
			assertThat(use.emptyCount()).isZero();
		}
	}

	@Test
	void cacheOverConcurrentMapShouldHaveItsEntries() throws IOException {
		SyntheticClass map = concurrentMapClass();
		SyntheticClass bounded = this.heap.declare("com.github.benmanes.caffeine.cache.BoundedLocalCache")
			.references("data");
		SyntheticClass cache = this.heap.declare("com.github.benmanes.caffeine.cache.SSMS").extending(bounded);
		hold(this.heap.instance(cache).set("data", this.heap.instance(map).set("baseCount", 12)));
		try (HeapAnalysis analysis = open()) {
			assertThat(analysis.collections().classes()).extracting(CollectionUse::className)
				.containsExactly("com.github.benmanes.caffeine.cache.SSMS");
			assertThat(analysis.collections().classes().get(0).entryCount()).isEqualTo(12);
		}
	}

	@Test
	void cacheWithTwoMapsShouldBeOneContainerOverOneOfThem() throws IOException {
		SyntheticClass map = concurrentMapClass();
		SyntheticClass cache = this.heap.declare("com.github.benmanes.caffeine.cache.BoundedLocalCache")
			.references("refreshes", "data");
		hold(this.heap.instance(cache)
			.set("refreshes", this.heap.instance(map).set("baseCount", 4))
			.set("data", this.heap.instance(map).set("baseCount", 12)));
		try (HeapAnalysis analysis = open()) {
			CollectionUse caches = use(analysis, "com.github.benmanes.caffeine.cache.BoundedLocalCache");
			assertThat(caches.count()).isEqualTo(1);
			assertThat(caches.entryCount()).isEqualTo(12);
			assertThat(use(analysis, "java.util.concurrent.ConcurrentHashMap").entryCount()).isEqualTo(4);
			assertThat(analysis.collections().largest()).extracting(LargeCollection::entryCount)
				.containsExactly(12L, 4L);
		}
	}

	@Test
	void propertiesWithDefaultsShouldBeTwoContainers() throws IOException {
		SyntheticClass map = concurrentMapClass();
		SyntheticClass properties = this.heap.declare("java.util.Properties").references("defaults", "map");
		SyntheticInstance defaults = this.heap.instance(properties)
			.set("map", this.heap.instance(map).set("baseCount", 3));
		hold(this.heap.instance(properties)
			.set("defaults", defaults)
			.set("map", this.heap.instance(map).set("baseCount", 2)));
		try (HeapAnalysis analysis = open()) {
			CollectionUse use = use(analysis, "java.util.Properties");
			assertThat(use.count()).isEqualTo(2);
			assertThat(use.entryCount()).isEqualTo(5);
			assertThat(analysis.collections().largest()).extracting(LargeCollection::entryCount)
				.containsExactly(3L, 2L);
			assertThat(analysis.collections().largest().get(0).id()).isEqualTo(defaults.id());
		}
	}

	@Test
	void skipListOfEarlierReleaseShouldNotCountItsHead() throws IOException {
		SyntheticClass map = this.heap.declare("java.util.concurrent.ConcurrentSkipListMap").references("head");
		SyntheticClass index = this.heap.declare("java.util.concurrent.ConcurrentSkipListMap$Index")
			.references("node", "down", "right");
		SyntheticClass node = this.heap.declare("java.util.concurrent.ConcurrentSkipListMap$Node")
			.references("key", "value", "next");
		map.staticField("BASE_HEADER", this.shop);
		SyntheticInstance last = this.heap.instance(node).set("key", this.shop).set("value", this.shop);
		SyntheticInstance head = this.heap.instance(node).set("value", this.shop).set("next", last);
		hold(this.heap.instance(map).set("head", this.heap.instance(index).set("node", head)));
		SyntheticInstance lone = this.heap.instance(node).set("value", this.shop);
		hold(this.heap.instance(map).set("head", this.heap.instance(index).set("node", lone)));
		try (HeapAnalysis analysis = open()) {
			CollectionUse use = use(analysis, "java.util.concurrent.ConcurrentSkipListMap");
			assertThat(use.count()).isEqualTo(2);
			assertThat(use.entryCount()).isEqualTo(1);
			assertThat(use.emptyCount()).isEqualTo(1);
		}
	}

	@Test
	void countsThatNoHeapCanHaveShouldOverflowNothing() throws IOException {
		SyntheticClass map = concurrentMapClass();
		SyntheticClass cell = this.heap.declare("java.util.concurrent.ConcurrentHashMap$CounterCell")
			.field("value", SyntheticType.LONG);
		this.heap.declare("java.util.concurrent.ConcurrentHashMap$Node").references("key");
		for (int i = 0; i < 3; i++) {
			hold(this.heap.instance(map).set("baseCount", Long.MAX_VALUE));
		}
		hold(this.heap.instance(map)
			.set("baseCount", Long.MIN_VALUE)
			.set("counterCells", this.heap.array(cell, this.heap.instance(cell).set("value", Long.MIN_VALUE))));
		try (HeapAnalysis analysis = open()) {
			CollectionUse use = use(analysis, "java.util.concurrent.ConcurrentHashMap");
			assertThat(use.count()).isEqualTo(4);
			assertThat(use.emptyCount()).isEqualTo(1);
			assertThat(use.entryCount()).isEqualTo(3L * Integer.MAX_VALUE);
			assertThat(use.shallowBytes()).isPositive();
			assertThat(use.wastedBytes()).isNotNegative();
		}
	}

	@Test
	void queueByIndexesShouldTellTheirDifference() throws IOException {
		String shaded = "io.netty.util.internal.shaded.org.jctools.queues.";
		SyntheticClass fields = this.heap.declare(shaded + "BaseMpscLinkedArrayQueueProducerFields")
			.field("producerIndex", SyntheticType.LONG);
		SyntheticClass queue = this.heap.declare(shaded + "MpscUnboundedArrayQueue")
			.extending(fields)
			.field("consumerIndex", SyntheticType.LONG)
			.references("buffer");
		hold(this.heap.instance(queue).set("producerIndex", 64).set("consumerIndex", 14));
		try (HeapAnalysis analysis = open()) {
			assertThat(use(analysis, shaded + "MpscUnboundedArrayQueue").entryCount()).isEqualTo(25);
		}
	}

	@Test
	void analysisWhenRecordIsTooShortOrTellsNonsenseShouldCountNoEntries() throws IOException {
		SyntheticClass list = sizedClass("java.util.ArrayList", "elementData");
		hold(this.heap.instance(list).rawValues(new byte[0]));
		hold(this.heap.instance(list).set("size", -5));
		try (HeapAnalysis analysis = open()) {
			CollectionUse use = use(analysis, "java.util.ArrayList");
			assertThat(use.count()).isEqualTo(2);
			assertThat(use.entryCount()).isZero();
			assertThat(use.emptyCount()).isEqualTo(2);
		}
	}

	@Test
	void containerThatNoRootLeadsToShouldNotCount() throws IOException {
		this.heap.instance(sizedClass("java.util.ArrayList", "elementData")).set("size", 4);
		try (HeapAnalysis analysis = open()) {
			assertThat(analysis.collections().classes()).isEmpty();
			assertThat(analysis.collections().largest()).isEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("io.leakwatch.heap.DumpedJvm#javaHomes")
	void collectionsOfRealHeapShouldHaveTheEntriesOfTheFixture(Path javaHome) throws IOException {
		try (DumpedJvm jvm = DumpedJvm.start(javaHome, "-Xmx64m", "-XX:+UseSerialGC")) {
			Path dump = jvm.dumpLive(this.folder.resolve("live.hprof")).file();
			try (HeapAnalysis analysis = HeapAnalysis.open(dump, HeapOptions.defaults())) {
				// Hardly any JVM has these for itself.
				for (String name : List.of("TreeSet", "PriorityQueue", "concurrent.ConcurrentSkipListSet",
						"concurrent.ConcurrentSkipListMap", "concurrent.ConcurrentLinkedDeque",
						"concurrent.LinkedBlockingQueue", "concurrent.LinkedBlockingDeque",
						"concurrent.ArrayBlockingQueue", "concurrent.PriorityBlockingQueue")) {
					CollectionUse use = use(analysis, "java.util." + name);
					assertThat(use.entryCount()).as(name).isEqualTo(ENTRIES);
					assertThat(use.count()).as(name).isEqualTo(1);
				}
				for (String name : List.of("ArrayList", "LinkedList", "Vector", "HashSet", "LinkedHashSet",
						"ArrayDeque", "HashMap", "LinkedHashMap", "TreeMap", "Hashtable", "IdentityHashMap",
						"WeakHashMap", "concurrent.ConcurrentHashMap", "concurrent.ConcurrentHashMap$KeySetView",
						"concurrent.ConcurrentLinkedQueue", "concurrent.CopyOnWriteArrayList",
						"ImmutableCollections$ListN", "ImmutableCollections$SetN", "ImmutableCollections$MapN")) {
					assertThat(use(analysis, "java.util." + name).entryCount()).as(name)
						.isGreaterThanOrEqualTo(ENTRIES);
				}
				assertThat(use(analysis, "java.util.concurrent.ArrayBlockingQueue").capacity()).isEqualTo(2 * ENTRIES);
				assertThat(use(analysis, "java.util.concurrent.DelayQueue").emptyCount()).isEqualTo(1);
				assertThat(use(analysis, "java.util.EnumMap").entryCount()).isGreaterThanOrEqualTo(2);
				assertThat(analysis.collections().largest()).hasSizeLessThanOrEqualTo(50)
					.anySatisfy((each) -> assertThat(each.holder())
						.isEqualTo("static io.leakwatch.heap.fixture.HeapFixture.LISTENERS (java.util.ArrayList)"));
			}
		}
	}

	private SyntheticClass concurrentMapClass() {
		return this.heap.declare("java.util.concurrent.ConcurrentHashMap")
			.field("baseCount", SyntheticType.LONG)
			.references("counterCells", "table");
	}

	private SyntheticClass sizedClass(String name, String arrayField) {
		return this.heap.declare(name).field("size", SyntheticType.INT).references(arrayField);
	}

	private SyntheticInstance list(SyntheticClass type, int size, int capacity) {
		@Nullable SyntheticObject[] elements = new @Nullable SyntheticObject[capacity];
		for (int i = 0; i < size; i++) {
			elements[i] = this.heap.instance(this.heap.objectClass());
		}
		return this.heap.instance(type)
			.set("size", size)
			.set("elementData", this.heap.array(this.heap.objectClass(), elements));
	}

	private void hold(SyntheticObject object) {
		this.shop.staticField("f" + this.holders++, object);
	}

	private HeapAnalysis open() throws IOException {
		return HeapAnalysis.open(this.heap.writeTo(this.folder.resolve("test.hprof")), HeapOptions.defaults());
	}

	private static CollectionUse use(HeapAnalysis analysis, String className) {
		return analysis.collections()
			.classes()
			.stream()
			.filter((each) -> each.className().equals(className))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no " + className));
	}

	private static long shallowBytes(HeapAnalysis analysis, String className) {
		return analysis.classes()
			.stream()
			.filter((each) -> each.className().equals(className))
			.mapToLong(ClassUse::shallowBytes)
			.sum();
	}

}
