package io.leakwatch.heap.profile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The small result that is kept of one look at a heap: how many instances each class had,
 * and their bytes. Holds at most {@value #MAXIMUM_CLASSES} classes, those with the most
 * bytes; the rest is counted in the totals alone. That takes some 40 bytes a class
 * besides the names, which profiles of one reader share.
 *
 * <p>
 * Immutable and safe for any thread.
 */
public final class HeapProfile {

	/** How many classes a profile names. */
	public static final int MAXIMUM_CLASSES = 4_000;

	private final Instant takenAt;

	private final List<ClassCount> classes;

	private final Map<String, ClassCount> byName;

	private final long totalCount;

	private final long totalShallowBytes;

	private HeapProfile(Instant takenAt, List<ClassCount> classes, long totalCount, long totalShallowBytes) {
		this.takenAt = takenAt;
		this.classes = classes;
		this.byName = new HashMap<>(classes.size() * 4 / 3 + 1);
		for (ClassCount each : classes) {
			this.byName.put(each.className(), each);
		}
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
		return new HeapProfile(takenAt, List.copyOf(kept), count, bytes);
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
	 * @return an immutable list
	 */
	public List<ClassCount> classes() {
		return this.classes;
	}

	/**
	 * One class by name.
	 * @param className the binary name
	 * @return its instances, or {@code null} where the profile does not name it
	 */
	public @Nullable ClassCount find(String className) {
		return this.byName.get(className);
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

}
