package io.leakwatch.core.census;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Containers that are known by their fields, whoever wrote them and under whatever name
 * they were packed into another library: what is a map or a collection, or is called like
 * one, and has a field for its size. Nothing is called, so that a lazy collection stays
 * as it is.
 */
final class FieldContainers {

	private static final List<String> SIZE_NAMES = List.of("size", "count", "elementCount", "_size", "occupied",
			"queueLength");

	private static final Pattern CALLED_LIKE_ONE = Pattern
		.compile(".*(Map|List|Set|Queue|Deque|Cache|Table|Stack|Pool|Registry|Bag|Vector)");

	/** So many slots are looked at for one that is not empty. */
	private static final int MOST_EMPTY = 64;

	private FieldContainers() {
	}

	/**
	 * The reader for a class.
	 * @param type the class of a container
	 * @param fields the fields of its objects that can be read, of primitive types too,
	 * the lowest class's first
	 * @return the reader, or {@code null} where it is no container
	 */
	static @Nullable ContainerReader of(Class<?> type, List<FieldReader> fields) {
		boolean map = Map.class.isAssignableFrom(type);
		FieldReader data = named(fields, "data", ConcurrentHashMap.class);
		if (data != null && ConcurrentMap.class.isAssignableFrom(type)) {
			return new DataMapReader(data, named(fields, "maximum", long.class), named(fields, "weigher", null));
		}
		FieldReader segments = named(fields, "segments", null);
		if (map && segments != null && segments.field().getType().isArray()) {
			return new SegmentsReader(segments, named(fields, "maxWeight", long.class), named(fields, "weigher", null));
		}
		FieldReader produced = named(fields, "producerIndex", long.class);
		FieldReader consumed = named(fields, "consumerIndex", long.class);
		if (produced != null && consumed != null && Queue.class.isAssignableFrom(type)) {
			return new IndexReader(produced, consumed, type);
		}
		return sized(type, fields);
	}

	private static @Nullable ContainerReader sized(Class<?> type, List<FieldReader> fields) {
		List<FieldReader> arrays = new ArrayList<>();
		boolean anyArray = false;
		for (FieldReader each : fields) {
			anyArray |= each.field().getType().isArray();
			if (Object[].class.isAssignableFrom(each.field().getType())) {
				arrays.add(each);
			}
		}
		boolean isCollection = Map.class.isAssignableFrom(type) || Iterable.class.isAssignableFrom(type);
		String name = type.getName();
		boolean isNamed = CALLED_LIKE_ONE.matcher(name).matches();
		if (!isCollection && !(anyArray && isNamed) && !name.equals("java.lang.ref.ReferenceQueue")) {
			return null;
		}
		for (String each : SIZE_NAMES) {
			FieldReader size = named(fields, each, int.class);
			size = (size != null) ? size : named(fields, each, long.class);
			if (size != null && (anyArray || isCollection || each.equals("queueLength"))) {
				return new SizeReader(size, arrays);
			}
		}
		return null;
	}

	private static @Nullable FieldReader named(List<FieldReader> fields, String name, @Nullable Class<?> type) {
		for (FieldReader each : fields) {
			if (each.field().getName().equals(name) && (type == null || each.field().getType() == type)) {
				return each;
			}
		}
		return null;
	}

	/**
	 * The bound of a cache of Caffeine or Guava, which is one of entries only where each
	 * weighs one.
	 */
	private static @Nullable Long bound(Object cache, @Nullable FieldReader maximum, @Nullable FieldReader weigher) {
		Object weighs = (weigher != null) ? weigher.reference(cache) : null;
		long bound = (maximum != null) ? maximum.number(cache) : -1;
		String name = (weighs != null) ? weighs.getClass().getSimpleName() : "SingletonWeigher";
		boolean weighsOne = name.equals("SingletonWeigher") || name.equals("OneWeigher");
		return (weighsOne && bound >= 0 && bound < Integer.MAX_VALUE) ? bound : null;
	}

	/** Some slots of an array, spread over it. */
	static boolean sample(Object[] array, ContainerReader.Entries entries) {
		boolean whole = array.length <= ContainerReader.WHOLE;
		// An empty slot tells nothing: the next one is as good.
		for (int i = 0; i < (whole ? array.length : ContainerReader.SAMPLE); i++) {
			int slot = whole ? i : (int) ((long) i * array.length / ContainerReader.SAMPLE);
			for (int end = slot + (whole ? 1 : MOST_EMPTY); slot < end && slot < array.length; slot++) {
				Object value = array[slot];
				if (value != null) {
					entries.entry(null, value);
					break;
				}
			}
		}
		return whole;
	}

	/** Reads a container that has a field for its size. */
	private record SizeReader(FieldReader size, List<FieldReader> arrays) implements ContainerReader {

		@Override
		public long size(Object container) {
			return this.size.number(container);
		}

		@Override
		public boolean sample(Object container, Entries entries) {
			boolean whole = true;
			for (FieldReader each : this.arrays) {
				if (each.reference(container) instanceof Object[] array) {
					whole &= FieldContainers.sample(array, entries);
				}
			}
			return whole;
		}

		@Override
		public boolean hasOtherFields() {
			return true;
		}

	}

	/** Reads a map around a concurrent map of nodes, as Caffeine has. */
	private record DataMapReader(FieldReader data, @Nullable FieldReader maximum,
			@Nullable FieldReader weigher) implements ContainerReader {

		@Override
		public long size(Object container) {
			return (this.data.reference(container) instanceof ConcurrentHashMap<?, ?> map
					&& map.getClass() == ConcurrentHashMap.class) ? map.mappingCount() : -1;
		}

		@Override
		public @Nullable Long bound(Object container) {
			return FieldContainers.bound(container, this.maximum, this.weigher);
		}

		@Override
		public boolean sample(Object container, Entries entries) {
			return size(container) >= 0 && this.data.reference(container) instanceof ConcurrentHashMap<?, ?> map
					&& Samples.of(map.entrySet(), map.mappingCount(), true,
							(entry) -> entries.entry(null, entry.getValue()));
		}

	}

	/** Reads a map in segments, as Guava and Spring have. */
	private record SegmentsReader(FieldReader segments, @Nullable FieldReader maximum,
			@Nullable FieldReader weigher) implements ContainerReader {

		@Override
		public long size(Object container) {
			Object array = this.segments.reference(container);
			if (!(array instanceof Object[] all)) {
				return -1;
			}
			long size = 0;
			for (Object segment : all) {
				FieldReader count = (segment != null) ? declared(segment, "count") : null;
				if (segment == null || count == null) {
					return -1;
				}
				size += count.field().getType().isPrimitive() ? count.number(segment)
						: (count.reference(segment) instanceof AtomicInteger number) ? number.get() : 0;
			}
			return size;
		}

		/**
		 * Looked for with each reading, which is cheap: the class that has it may be a
		 * subclass of what the array is of.
		 */
		private static @Nullable FieldReader declared(Object segment, String name) {
			for (Class<?> type = segment.getClass(); type != null
					&& type.getClassLoader() != null; type = type.getSuperclass()) {
				try {
					return FieldReader.of(type.getDeclaredField(name));
				}
				catch (NoSuchFieldException ex) {
					// In the class above, perhaps.
				}
			}
			return null;
		}

		@Override
		public @Nullable Long bound(Object container) {
			return FieldContainers.bound(container, this.maximum, this.weigher);
		}

		@Override
		public boolean sample(Object container, Entries entries) {
			if (!(this.segments.reference(container) instanceof Object[] all)) {
				return false;
			}
			boolean whole = true;
			for (Object segment : all) {
				FieldReader field = (segment != null) ? tableOf(segment) : null;
				Object table = (field != null) ? field.reference(segment) : null;
				if (table instanceof AtomicReferenceArray<?> slots) {
					int shown = Math.min(slots.length(), WHOLE);
					for (int i = 0; i < shown; i++) {
						Object value = slots.get(i);
						if (value != null) {
							entries.entry(null, value);
						}
					}
					whole &= shown == slots.length();
				}
				else if (table != null && Array.getLength(table) > 0) {
					whole &= FieldContainers.sample((Object[]) table, entries);
				}
			}
			return whole;
		}

		private static @Nullable FieldReader tableOf(Object segment) {
			FieldReader table = declared(segment, "table");
			return (table != null) ? table : declared(segment, "references");
		}

	}

	/**
	 * Reads a queue that only knows how often it was written and read, as those of
	 * JCTools do, in Netty too. Where its array is linked to a next one, the lowest bit
	 * of an index has another meaning.
	 */
	private static final class IndexReader implements ContainerReader {

		private final FieldReader produced;

		private final FieldReader consumed;

		private final int shift;

		IndexReader(FieldReader produced, FieldReader consumed, Class<?> type) {
			this.produced = produced;
			this.consumed = consumed;
			boolean linked = false;
			for (Class<?> each = type; each != null; each = each.getSuperclass()) {
				linked |= each.getName().contains(".BaseMpscLinked");
			}
			this.shift = linked ? 1 : 0;
		}

		@Override
		public long size(Object container) {
			long read = this.consumed.number(container);
			return Math.max(0, this.produced.number(container) - read) >> this.shift;
		}

		@Override
		public boolean sample(Object container, Entries entries) {
			return false;
		}

	}

}
