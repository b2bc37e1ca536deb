package io.leakwatch.heap.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.leakwatch.heap.analysis.ContainerShape.Role;

/**
 * How to see what a container of a well-known class has in it.
 *
 * @param className the class; those that extend it are like it
 * @param role what its objects are
 * @param fields the fields that the role needs: of the number of entries and of what is
 * added to it, of the item of a node, or of what a wrapper is around
 * @param slotsPerEntry how many slots of its array an entry takes
 * @param nodes what the class of its nodes is called in one release or another
 */
record ContainerRule(String className, Role role, List<String> fields, int slotsPerEntry, List<String> nodes) {

	/**
	 * Role, class, fields and nodes; a node that begins with a dollar is nested in the
	 * class. Classes change from one release to the next: of several rules for a class
	 * the first is taken whose fields are there.
	 */
	private static final String TABLE = """
			SIZED   java.util.HashMap                                      size           $Node,$Entry
			SIZED   java.util.LinkedHashMap                                size           $Entry
			SIZED   java.util.TreeMap                                      size           $Entry
			WRAPPER java.util.Properties                                   map            -
			SIZED   java.util.Hashtable                                    count          $Entry
			SIZED   java.util.WeakHashMap                                  size           $Entry
			PAIRS   java.util.IdentityHashMap                              size           -
			SIZED   java.util.EnumMap                                      size           -
			SIZED   java.util.ArrayList                                    size           -
			SIZED   java.util.Vector                                       elementCount   -
			SIZED   java.util.LinkedList                                   size           $Node,$Entry
			SIZED   java.util.PriorityQueue                                size           -
			SLOTTED java.util.ArrayDeque                                   -              -
			SLOTTED java.util.ImmutableCollections$ListN                   -              -
			SIZED   java.util.ImmutableCollections$SetN                    size           -
			PAIRS   java.util.ImmutableCollections$MapN                    size           -
			WRAPPER java.util.HashSet                                      map            -
			WRAPPER java.util.TreeSet                                      m              -
			WRAPPER java.util.Collections$SetFromMap                       m              -
			SIZED   java.lang.ThreadLocal$ThreadLocalMap                   size           $Entry
			STRIPED java.util.concurrent.ConcurrentHashMap  baseCount,counterCells        $Node
			SPLIT   java.util.concurrent.ConcurrentHashMap                 -              $HashEntry
			COUNTER java.util.concurrent.ConcurrentHashMap$CounterCell     value          -
			PART    [Ljava.util.concurrent.ConcurrentHashMap$CounterCell;  -              -
			COUNTER java.util.concurrent.ConcurrentHashMap$Segment         count          -
			PART    [Ljava.util.concurrent.ConcurrentHashMap$Segment;      -              -
			WRAPPER java.util.concurrent.ConcurrentHashMap$CollectionView  map            -
			LINKED  java.util.concurrent.ConcurrentSkipListMap             -              $Node
			NODE    java.util.concurrent.ConcurrentSkipListMap$Node        val            -
			NODE    java.util.concurrent.ConcurrentSkipListMap$Node        key            -
			NODE    java.util.concurrent.ConcurrentSkipListMap$Index       -              -
			WRAPPER java.util.concurrent.ConcurrentSkipListSet             m              -
			SLOTTED java.util.concurrent.CopyOnWriteArrayList              -              -
			WRAPPER java.util.concurrent.CopyOnWriteArraySet               al             -
			LINKED  java.util.concurrent.ConcurrentLinkedQueue             -              $Node
			NODE    java.util.concurrent.ConcurrentLinkedQueue$Node        item           -
			LINKED  java.util.concurrent.ConcurrentLinkedDeque             -              $Node
			NODE    java.util.concurrent.ConcurrentLinkedDeque$Node        item           -
			LINKED  java.util.concurrent.LinkedTransferQueue               -              $Node,$DualNode
			NODE    java.util.concurrent.LinkedTransferQueue$Node          item           -
			NODE    java.util.concurrent.LinkedTransferQueue$DualNode      item           -
			SPLIT   java.util.concurrent.LinkedBlockingQueue               -              $Node
			NUMBER  java.util.concurrent.atomic.AtomicInteger              value          -
			SIZED   java.util.concurrent.LinkedBlockingDeque               count          $Node
			SIZED   java.util.concurrent.ArrayBlockingQueue                count          -
			SIZED   java.util.concurrent.PriorityBlockingQueue             size           -
			WRAPPER java.util.concurrent.DelayQueue                        q              -
			SIZED   java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue size -
			PART    java.util.concurrent.atomic.AtomicReferenceArray       -              -
			SPLIT   org.springframework.util.ConcurrentReferenceHashMap    -              $Entry
			PART    org.springframework.util.ConcurrentReferenceHashMap$Segment     -     -
			PART    [Lorg.springframework.util.ConcurrentReferenceHashMap$Segment;  -     -
			WRAPPER com.github.benmanes.caffeine.cache.BoundedLocalCache   data           -
			WRAPPER com.github.benmanes.caffeine.cache.UnboundedLocalCache data           -
			SPLIT   com.google.common.cache.LocalCache                     -              -
			COUNTER com.google.common.cache.LocalCache$Segment             count          -
			PART    [Lcom.google.common.cache.LocalCache$Segment;          -              -
			SPLIT   com.google.common.collect.MapMakerInternalMap          -              -
			COUNTER com.google.common.collect.MapMakerInternalMap$Segment  count          -
			PART    [Lcom.google.common.collect.MapMakerInternalMap$Segment;        -     -
			SIZED   com.google.common.collect.HashBiMap                    size           $BiEntry
			SLOTTED com.google.common.collect.RegularImmutableList         -              -
			SIZED   io.netty.util.Recycler$Stack                           size           -
			""";

	/** The classes of what sets and caches are made of. */
	static final Set<String> WRAPPED = Set.of("java.util.HashMap", "java.util.LinkedHashMap", "java.util.TreeMap",
			"java.util.IdentityHashMap", "java.util.WeakHashMap", "java.util.PriorityQueue",
			"java.util.concurrent.ConcurrentHashMap", "java.util.concurrent.ConcurrentSkipListMap",
			"java.util.concurrent.CopyOnWriteArrayList");

	/** Libraries whose containers have a field {@code size}. */
	static final List<String> SIZED_LIBRARIES = List.of("it.unimi.dsi.fastutil.", "io.netty.util.collection.",
			"org.eclipse.collections.impl.", "com.carrotsearch.hppc.", "org.agrona.collections.");

	/** The rules, for one class the preferred one first. */
	static List<ContainerRule> all() {
		return TABLE.lines().map(ContainerRule::parse).toList();
	}

	private static ContainerRule parse(String line) {
		String[] columns = line.split(" +", -1);
		boolean pairs = columns[0].equals("PAIRS");
		return new ContainerRule(columns[1], pairs ? Role.SIZED : Role.valueOf(columns[0]), names(columns[2], ""),
				pairs ? 2 : 1, names(columns[3], columns[1]));
	}

	private static List<String> names(String column, String outer) {
		return column.equals("-") ? List.of()
				: Arrays.stream(column.split(",", -1))
					.map((name) -> name.startsWith("$") ? outer + name : name)
					.toList();
	}

}
