package io.leakwatch.heap.profile;

import java.time.Instant;
import java.util.AbstractList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.RandomAccess;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * The small result that is kept of one look at a heap: how many instances each class had,
 * and their bytes; of a heap dump also what holds them, the class loaders and the
 * threads. Names at most {@value #MAXIMUM_CLASSES} classes and about
 * {@value #MAXIMUM_PATHS} paths, those with the most bytes; the rest is counted in the
 * totals alone. Names, counts and sizes; never a value.
 *
 * <p>
 * Kept as arrays, some 32 bytes a class and 60 bytes a path besides the names; profiles
 * of one reader share their names. Immutable and safe for any thread.
 */
public final class HeapProfile {

	/** How many classes a profile names. */
	public static final int MAXIMUM_CLASSES = 4_000;

	/** About how many nodes of the tree of paths a profile keeps. */
	public static final int MAXIMUM_PATHS = 4_000;

	/** How many rows of class loaders, of threads, and of beans, a profile names. */
	public static final int MAXIMUM_ROWS = 1_000;

	private final Instant takenAt;

	private final Kind kind;

	private final String title;

	private final String[] names;

	private final long[] counts;

	private final long[] shallowBytes;

	private final long[] retainedBytes;

	/** The positions in the arrays, in the order of the names. */
	private final int[] byName;

	private final long totalCount;

	private final long totalShallowBytes;

	private final long unreachableCount;

	private final long unreachableBytes;

	private final PathTree paths;

	private final List<LoaderUse> loaders;

	private final List<ThreadUse> threads;

	private final List<BeanUse> beans;

	HeapProfile(HeapProfileBuilder builder) {
		this.takenAt = builder.takenAt;
		this.kind = builder.kind;
		this.title = builder.title;
		List<ClassCount> classes = builder.classes;
		this.names = classes.stream().map(ClassCount::className).toArray(String[]::new);
		this.counts = classes.stream().mapToLong(ClassCount::count).toArray();
		this.shallowBytes = classes.stream().mapToLong(ClassCount::shallowBytes).toArray();
		this.retainedBytes = classes.stream().mapToLong(ClassCount::retainedBytes).toArray();
		this.byName = IntStream.range(0, this.names.length)
			.boxed()
			.sorted(Comparator.comparing((position) -> this.names[position]))
			.mapToInt(Integer::intValue)
			.toArray();
		this.totalCount = builder.totalCount;
		this.totalShallowBytes = builder.totalShallowBytes;
		this.unreachableCount = builder.unreachableCount;
		this.unreachableBytes = builder.unreachableBytes;
		this.paths = builder.paths;
		this.loaders = builder.loaders;
		this.threads = builder.threads;
		this.beans = builder.beans;
	}

	/**
	 * A profile of a whole heap by class alone. Classes of the same name from several
	 * class loaders are added up.
	 * @param takenAt the moment of the look
	 * @param classes the instances of each class, in any order
	 * @return the profile
	 */
	public static HeapProfile of(Instant takenAt, Collection<ClassCount> classes) {
		return builder(takenAt, Kind.HISTOGRAM).classes(classes).build();
	}

	/**
	 * A builder of a profile, of which every part but the moment and the kind may be left
	 * out.
	 * @param takenAt the moment of the look
	 * @param kind what was looked at
	 * @return the builder
	 */
	public static HeapProfileBuilder builder(Instant takenAt, Kind kind) {
		return new HeapProfileBuilder(takenAt, kind);
	}

	/**
	 * The moment of the look.
	 * @return the moment
	 */
	public Instant takenAt() {
		return this.takenAt;
	}

	/**
	 * What was looked at.
	 * @return the kind
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * What a person calls the profile: the name of the dump's file, or a label.
	 * @return the title, empty where there is none
	 */
	public String title() {
		return this.title;
	}

	/**
	 * The classes that are named, most bytes first. Those of a heap dump count reachable
	 * objects alone.
	 * @return an immutable view, which makes its elements as they are asked for
	 */
	public List<ClassCount> classes() {
		return new Classes();
	}

	/**
	 * One class by name, found by binary search.
	 * @param className the binary name
	 * @return its instances, or {@code null} where the profile does not name it
	 */
	public @Nullable ClassCount find(String className) {
		int low = 0;
		int high = this.byName.length - 1;
		while (low <= high) {
			int middle = (low + high) >>> 1;
			int order = this.names[this.byName[middle]].compareTo(className);
			if (order == 0) {
				return at(this.byName[middle]);
			}
			if (order < 0) {
				low = middle + 1;
			}
			else {
				high = middle - 1;
			}
		}
		return null;
	}

	/**
	 * All instances, those of classes that are not named included. Of a heap dump, all
	 * that can be reached.
	 * @return a count of objects
	 */
	public long totalCount() {
		return this.totalCount;
	}

	/**
	 * The bytes of all those instances.
	 * @return bytes
	 */
	public long totalShallowBytes() {
		return this.totalShallowBytes;
	}

	/**
	 * The objects of a heap dump that no root leads to.
	 * @return a count of objects, 0 in a histogram
	 */
	public long unreachableCount() {
		return this.unreachableCount;
	}

	/**
	 * The bytes of the objects that no root leads to.
	 * @return bytes, 0 in a histogram
	 */
	public long unreachableBytes() {
		return this.unreachableBytes;
	}

	/**
	 * What holds the objects.
	 * @return the tree of paths, empty in a histogram
	 */
	public PathTree paths() {
		return this.paths;
	}

	/**
	 * The class loaders by name and class, most retained bytes first.
	 * @return the rows, none in a histogram
	 */
	public List<LoaderUse> loaders() {
		return this.loaders;
	}

	/**
	 * The threads by group, most retained bytes first.
	 * @return the rows, none in a histogram
	 */
	public List<ThreadUse> threads() {
		return this.threads;
	}

	/**
	 * The Spring beans, the most held bytes first.
	 * @return the rows, none in a histogram and of a heap without Spring
	 */
	public List<BeanUse> beans() {
		return this.beans;
	}

	/** The sum of two counts of retained bytes, −1 where one is unknown. */
	static long sumOfKnown(long a, long b) {
		return (a < 0 || b < 0) ? -1 : a + b;
	}

	private ClassCount at(int position) {
		return new ClassCount(this.names[position], this.counts[position], this.shallowBytes[position],
				this.retainedBytes[position]);
	}

	/**
	 * What a profile was made of.
	 */
	public enum Kind {

		/** A class histogram: classes alone. */
		HISTOGRAM,

		/** A heap dump: classes, paths, class loaders, threads and beans. */
		HEAP_DUMP

	}

	private final class Classes extends AbstractList<ClassCount> implements RandomAccess {

		@Override
		public ClassCount get(int index) {
			return at(index);
		}

		@Override
		public int size() {
			return HeapProfile.this.names.length;
		}

	}

}
