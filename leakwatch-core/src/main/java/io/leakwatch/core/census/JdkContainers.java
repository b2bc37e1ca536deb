package io.leakwatch.core.census;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;

import org.jspecify.annotations.Nullable;

/**
 * The JDK's containers whose public methods are harmless: of constant time (or said to be
 * slow), without a lock or with one that is held for moments only and never by the
 * application, without a write, and without a call of anything but the JDK. Some of their
 * methods look as harmless and are not, so each class is listed by name:
 * {@code WeakHashMap.size()} writes, {@code Vector}, {@code Hashtable} and synchronised
 * wrappers lock what the application may hold for seconds, wrappers call what they wrap.
 * A subclass is read in the same way as long as it overrides none of the methods.
 */
final class JdkContainers {

	private static final String UTIL = "java.util.";

	private static final String CONCURRENT = "java.util.concurrent.";

	/** What is called of any of them: a subclass must have left these alone. */
	private static final Set<String> CALLED = Set.of("size", "mappingCount", "entrySet", "iterator", "spliterator",
			"get", "listIterator", "descendingIterator", "remainingCapacity", "getMap", "getNumberOfDependents",
			"getQueue");

	private static final Map<String, ContainerReader> READERS = readers();

	private JdkContainers() {
	}

	private static Map<String, ContainerReader> readers() {
		Map<String, ContainerReader> readers = new HashMap<>();
		ContainerReader maps = new MapReader(true);
		for (String name : List.of("HashMap", "TreeMap", "IdentityHashMap", "concurrent.ConcurrentHashMap",
				"concurrent.ConcurrentSkipListMap")) {
			readers.put(UTIL + name, maps);
		}
		ContainerReader linkedMaps = new MapReader(false);
		for (String name : List.of("LinkedHashMap", "EnumMap", "ImmutableCollections$Map1",
				"ImmutableCollections$MapN")) {
			readers.put(UTIL + name, linkedMaps);
		}
		ContainerReader collections = new CollectionReader(true, true);
		for (String name : List.of("ArrayList", "LinkedList", "ArrayDeque", "PriorityQueue", "HashSet", "TreeSet",
				"Arrays$ArrayList", "ImmutableCollections$ListN", "ImmutableCollections$List12",
				"concurrent.ConcurrentSkipListSet", "concurrent.CopyOnWriteArrayList",
				"concurrent.CopyOnWriteArraySet")) {
			readers.put(UTIL + name, collections);
		}
		ContainerReader linkedSets = new CollectionReader(true, false);
		for (String name : List.of("LinkedHashSet", "ImmutableCollections$SetN", "ImmutableCollections$Set12")) {
			readers.put(UTIL + name, linkedSets);
		}
		// Their iterators lock them whole.
		ContainerReader queues = new CollectionReader(false, false);
		for (String name : List.of("ArrayBlockingQueue", "LinkedBlockingQueue", "LinkedBlockingDeque",
				"PriorityBlockingQueue", "DelayQueue", "ScheduledThreadPoolExecutor$DelayedWorkQueue")) {
			readers.put(CONCURRENT + name, queues);
		}
		ContainerReader linked = new LinkedReader();
		for (String name : List.of("ConcurrentLinkedQueue", "ConcurrentLinkedDeque", "LinkedTransferQueue")) {
			readers.put(CONCURRENT + name, linked);
		}
		readers.put(CONCURRENT + "ConcurrentHashMap$KeySetView", new KeySetReader());
		readers.put(CONCURRENT + "CompletableFuture", new DependentsReader());
		return readers;
	}

	/**
	 * The reader for a class.
	 * @param type the class of a container
	 * @return the reader, or {@code null} where its methods are not known to be harmless
	 */
	static @Nullable ContainerReader of(Class<?> type) {
		for (Class<?> each = type; each != null; each = each.getSuperclass()) {
			ContainerReader reader = (each.getClassLoader() == null) ? READERS.get(each.getName()) : null;
			if (reader != null) {
				return (each == type || overridesNothing(type)) ? reader : null;
			}
		}
		return null;
	}

	/** Whether what is called of a class is the JDK's, all the way up. */
	static boolean overridesNothing(Class<?> type) {
		try {
			for (Class<?> each = type; each != null && each.getClassLoader() != null; each = each.getSuperclass()) {
				for (Method method : each.getDeclaredMethods()) {
					if (CALLED.contains(method.getName())) {
						return false;
					}
				}
			}
			return true;
		}
		catch (LinkageError | RuntimeException ex) {
			// It cannot be told.
			return false;
		}
	}

	/** Reads maps. */
	private static final class MapReader implements ContainerReader {

		private final boolean splits;

		/**
		 * A reader.
		 * @param splits whether their spliterators split without copying
		 */
		MapReader(boolean splits) {
			this.splits = splits;
		}

		@Override
		public long size(Object container) {
			return (container instanceof ConcurrentHashMap<?, ?> map) ? map.mappingCount()
					: ((Map<?, ?>) container).size();
		}

		@Override
		public boolean sample(Object container, Entries entries) {
			Map<?, ?> map = (Map<?, ?>) container;
			return Samples.of(map.entrySet(), size(map), this.splits,
					(entry) -> entries.entry(entry.getKey(), entry.getValue()));
		}

	}

	/** Reads lists, sets and queues. */
	private static final class CollectionReader implements ContainerReader {

		private final boolean iterates;

		private final boolean splits;

		/**
		 * A reader.
		 * @param iterates whether their iterators lock nothing
		 * @param splits whether their spliterators split without copying
		 */
		CollectionReader(boolean iterates, boolean splits) {
			this.iterates = iterates;
			this.splits = splits;
		}

		@Override
		public long size(Object container) {
			return ((Collection<?>) container).size();
		}

		@Override
		public @Nullable Long bound(Object container) {
			if (container instanceof ArrayBlockingQueue || container instanceof LinkedBlockingQueue
					|| container instanceof LinkedBlockingDeque) {
				BlockingQueue<?> queue = (BlockingQueue<?>) container;
				long capacity = (long) queue.size() + queue.remainingCapacity();
				return (capacity < Integer.MAX_VALUE) ? capacity : null;
			}
			return null;
		}

		@Override
		public boolean sample(Object container, Entries entries) {
			if (!this.iterates) {
				return false;
			}
			if (container instanceof LinkedList<?> list) {
				// Splitting it would copy.
				boolean whole = Samples.first(list.iterator(), (element) -> entries.entry(null, element));
				return whole || Samples.first(list.descendingIterator(), (element) -> entries.entry(null, element));
			}
			Collection<?> collection = (Collection<?>) container;
			return Samples.of(collection, collection.size(), this.splits, (element) -> entries.entry(null, element));
		}

	}

	/** Reads sets that are made of a concurrent map, whose class may be anybody's. */
	private static final class KeySetReader implements ContainerReader {

		@Override
		public long size(Object container) {
			ConcurrentHashMap<?, ?> map = ((ConcurrentHashMap.KeySetView<?, ?>) container).getMap();
			return (map.getClass() == ConcurrentHashMap.class) ? map.mappingCount() : -1;
		}

		@Override
		public boolean sample(Object container, Entries entries) {
			return size(container) >= 0
					&& Samples.of((Set<?>) container, size(container), true, (element) -> entries.entry(null, element));
		}

	}

	/**
	 * Reads queues that do not know their size: counted, as far as that is still quick.
	 */
	private static final class LinkedReader implements ContainerReader {

		private static final int MOST_COUNTED = 1_000_000;

		@Override
		public long size(Object container) {
			int count = 0;
			for (Iterator<?> each = ((Collection<?>) container).iterator(); each.hasNext() && count < MOST_COUNTED; each
				.next()) {
				count++;
			}
			return count;
		}

		@Override
		public boolean sample(Object container, Entries entries) {
			return Samples.first(((Collection<?>) container).iterator(), (element) -> entries.entry(null, element));
		}

		@Override
		public boolean isSlow() {
			return true;
		}

	}

	/**
	 * Reads how much waits for a future: a stack inside it, which is counted node by
	 * node.
	 */
	private static final class DependentsReader implements ContainerReader {

		@Override
		public long size(Object container) {
			return ((CompletableFuture<?>) container).getNumberOfDependents();
		}

		@Override
		public boolean sample(Object container, Entries entries) {
			return true;
		}

		@Override
		public boolean isSlow() {
			return true;
		}

	}

}
