package io.leakwatch.heap.profile;

import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * The small result that is kept of one look at a heap: how many instances each class had,
 * and their bytes. Names at most {@value #MAXIMUM_CLASSES} classes, those with the most
 * bytes; the rest is counted in the totals alone.
 *
 * <p>
 * Kept as arrays, some 24 bytes a class besides the name, so under 100 KB; profiles of
 * one reader share their names. Immutable and safe for any thread.
 */
public final class HeapProfile {

	/** How many classes a profile names. */
	public static final int MAXIMUM_CLASSES = 4_000;

	private final Instant takenAt;

	private final String[] names;

	private final long[] counts;

	private final long[] shallowBytes;

	/** The positions in the arrays, in the order of the names. */
	private final int[] byName;

	private final long totalCount;

	private final long totalShallowBytes;

	private HeapProfile(Instant takenAt, List<ClassCount> classes, long totalCount, long totalShallowBytes) {
		this.takenAt = takenAt;
		this.names = classes.stream().map(ClassCount::className).toArray(String[]::new);
		this.counts = classes.stream().mapToLong(ClassCount::count).toArray();
		this.shallowBytes = classes.stream().mapToLong(ClassCount::shallowBytes).toArray();
		this.byName = IntStream.range(0, this.names.length)
			.boxed()
			.sorted(Comparator.comparing((position) -> this.names[position]))
			.mapToInt(Integer::intValue)
			.toArray();
		this.totalCount = totalCount;
		this.totalShallowBytes = totalShallowBytes;
	}

	/**
	 * A profile of a whole heap. Classes of the same name from several class loaders are
	 * added up.
	 * @param takenAt the moment of the look
	 * @param classes the instances of each class, in any order
	 * @return the profile
	 */
	public static HeapProfile of(Instant takenAt, Collection<ClassCount> classes) {
		Map<String, ClassCount> merged = new HashMap<>(classes.size() * 4 / 3 + 1);
		long count = 0;
		long bytes = 0;
		for (ClassCount each : classes) {
			merged.merge(each.className(), each, (a, b) -> new ClassCount(a.className(), a.count() + b.count(),
					a.shallowBytes() + b.shallowBytes()));
			count += each.count();
			bytes += each.shallowBytes();
		}
		List<ClassCount> kept = new ArrayList<>(merged.values());
		kept.sort(Comparator.comparingLong(ClassCount::shallowBytes).reversed().thenComparing(ClassCount::className));
		if (kept.size() > MAXIMUM_CLASSES) {
			kept = kept.subList(0, MAXIMUM_CLASSES);
		}
		return new HeapProfile(takenAt, kept, count, bytes);
	}

	/**
	 * The moment of the look.
	 * @return the moment
	 */
	public Instant takenAt() {
		return this.takenAt;
	}

	/**
	 * The classes that are named, most bytes first.
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
	 * All instances, those of classes that are not named included.
	 * @return a count of objects
	 */
	public long totalCount() {
		return this.totalCount;
	}

	/**
	 * The bytes of all instances.
	 * @return bytes
	 */
	public long totalShallowBytes() {
		return this.totalShallowBytes;
	}

	private ClassCount at(int position) {
		return new ClassCount(this.names[position], this.counts[position], this.shallowBytes[position]);
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
