package io.leakwatch.heap.profile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Collects the parts of a {@link HeapProfile} and keeps them within its bounds. Not safe
 * for several threads.
 */
public final class HeapProfileBuilder {

	private static final int NAMED_BY_SHALLOW_BYTES = HeapProfile.MAXIMUM_CLASSES * 3 / 4;

	private static final Comparator<ClassCount> MOST_BYTES_FIRST = Comparator.comparingLong(ClassCount::shallowBytes)
		.reversed()
		.thenComparing(ClassCount::className);

	final Instant takenAt;

	final HeapProfile.Kind kind;

	String title = "";

	List<ClassCount> classes = List.of();

	long totalCount;

	long totalShallowBytes;

	long unreachableCount;

	long unreachableBytes;

	PathTree paths = PathTree.empty();

	List<LoaderUse> loaders = List.of();

	List<ThreadUse> threads = List.of();

	List<BeanUse> beans = List.of();

	HeapProfileBuilder(Instant takenAt, HeapProfile.Kind kind) {
		this.takenAt = takenAt;
		this.kind = kind;
	}

	/**
	 * What a person calls the profile.
	 * @param title the name of the dump's file, or a label
	 * @return this builder
	 */
	public HeapProfileBuilder title(String title) {
		this.title = title;
		return this;
	}

	/**
	 * All classes, from which the totals are counted too. Classes of the same name from
	 * several class loaders are added up.
	 * @param classes the instances of each class, in any order; of a heap dump the
	 * reachable ones
	 * @return this builder
	 */
	public HeapProfileBuilder classes(Collection<ClassCount> classes) {
		this.totalCount = classes.stream().mapToLong(ClassCount::count).sum();
		this.totalShallowBytes = classes.stream().mapToLong(ClassCount::shallowBytes).sum();
		List<ClassCount> kept = merged(classes, ClassCount::className, ClassCount::plus);
		kept.sort(MOST_BYTES_FIRST);
		if (kept.size() > HeapProfile.MAXIMUM_CLASSES) {
			// A class may be small itself and hold much: the last places go by what is
			// retained.
			List<ClassCount> rest = kept.subList(NAMED_BY_SHALLOW_BYTES, kept.size());
			rest.sort(Comparator.comparingLong(ClassCount::retainedBytes).reversed().thenComparing(MOST_BYTES_FIRST));
			kept = kept.subList(0, HeapProfile.MAXIMUM_CLASSES);
			kept.sort(MOST_BYTES_FIRST);
		}
		this.classes = kept;
		return this;
	}

	/**
	 * What no root leads to.
	 * @param count how many objects
	 * @param bytes their bytes
	 * @return this builder
	 */
	public HeapProfileBuilder unreachable(long count, long bytes) {
		this.unreachableCount = count;
		this.unreachableBytes = bytes;
		return this;
	}

	/**
	 * What holds the objects. The tree is pruned to the bound, and not folded: that is
	 * left to who made it.
	 * @param paths the tree, of any size
	 * @return this builder
	 */
	public HeapProfileBuilder paths(PathTree paths) {
		this.paths = paths.pruned(HeapProfile.MAXIMUM_PATHS);
		return this;
	}

	/**
	 * The class loaders. Those of the same name and class are added up.
	 * @param loaders the loaders, in any order
	 * @return this builder
	 */
	public HeapProfileBuilder loaders(Collection<LoaderUse> loaders) {
		List<LoaderUse> kept = merged(loaders, (loader) -> List.of(loader.name(), loader.className()), LoaderUse::plus);
		kept.sort(Comparator.comparingLong(LoaderUse::retainedBytes)
			.thenComparingLong(LoaderUse::shallowBytes)
			.reversed()
			.thenComparing(LoaderUse::name)
			.thenComparing(LoaderUse::className));
		this.loaders = bounded(kept);
		return this;
	}

	/**
	 * The threads. Those of the same group are added up.
	 * @param threads the threads, in any order
	 * @return this builder
	 */
	public HeapProfileBuilder threads(Collection<ThreadUse> threads) {
		List<ThreadUse> kept = merged(threads, ThreadUse::group, ThreadUse::plus);
		kept.sort(Comparator.comparingLong(ThreadUse::retainedBytes)
			.thenComparingLong(ThreadUse::count)
			.reversed()
			.thenComparing(ThreadUse::group));
		this.threads = bounded(kept);
		return this;
	}

	/**
	 * The Spring beans. Those of the same name, context and scope are added up.
	 * @param beans the beans, in any order
	 * @return this builder
	 */
	public HeapProfileBuilder beans(Collection<BeanUse> beans) {
		List<BeanUse> kept = merged(beans, BeanUse::label, BeanUse::plus);
		kept.sort(Comparator.comparingLong(BeanUse::heldBytes)
			.thenComparingLong(BeanUse::retainedBytes)
			.reversed()
			.thenComparing(BeanUse::label));
		this.beans = bounded(kept);
		return this;
	}

	/**
	 * The profile of what was given.
	 * @return the profile
	 */
	public HeapProfile build() {
		return new HeapProfile(this);
	}

	private static <T> List<T> bounded(List<T> rows) {
		return List.copyOf(rows.subList(0, Math.min(rows.size(), HeapProfile.MAXIMUM_ROWS)));
	}

	private static <T, K> List<T> merged(Collection<T> rows, Function<T, K> key, BinaryOperator<T> sum) {
		Map<K, T> merged = new HashMap<>(rows.size() * 4 / 3 + 1);
		rows.forEach((row) -> merged.merge(key.apply(row), row, sum));
		return new ArrayList<>(merged.values());
	}

}
