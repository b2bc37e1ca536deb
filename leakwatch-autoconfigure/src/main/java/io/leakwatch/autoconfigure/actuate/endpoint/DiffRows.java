package io.leakwatch.autoconfigure.actuate.endpoint;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.leakwatch.heap.diff.BeanDelta;
import io.leakwatch.heap.diff.ClassDelta;
import io.leakwatch.heap.diff.Growth;
import io.leakwatch.heap.diff.HeapDiff;
import io.leakwatch.heap.diff.PathDelta;
import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.LoaderUse;
import org.jspecify.annotations.Nullable;

/**
 * What changed between the first and the last of some profiles, and of that, what became
 * more from each of them to the next.
 */
final class DiffRows {

	private static final int FEWEST_FOR_GROWTH = 3;

	/** In the order of time. */
	private final List<HeapProfile> profiles;

	private final HeapDiff diff;

	private final @Nullable Growth growth;

	private final List<PathDelta> paths;

	private final List<BeanDelta> beans;

	/**
	 * Compares.
	 * @param profiles two profiles or more, in the order of time
	 */
	DiffRows(List<HeapProfile> profiles) {
		this.profiles = profiles;
		this.diff = HeapDiff.between(profiles.get(0), profiles.get(profiles.size() - 1));
		this.paths = this.diff.paths().stream().filter((delta) -> !isOwn(delta)).toList();
		this.beans = this.diff.beans().stream().filter((delta) -> !OwnPart.isOwn(delta.className())).toList();
		this.growth = (profiles.size() >= FEWEST_FOR_GROWTH) ? Growth.inEveryInterval(profiles) : null;
	}

	/** How many intervals were looked at, {@code null} where there is one alone. */
	@Nullable Integer intervals() {
		return (this.growth != null) ? this.profiles.size() - 1 : null;
	}

	private boolean isOwn(PathDelta delta) {
		return OwnPart.isPassed(this.diff.after().paths(), delta.node());
	}

	/** How many more bytes LeakWatch itself holds, which no path or bean tells. */
	long ownHeldBytesDelta() {
		return this.diff.paths().stream().filter(this::isOwn).mapToLong(PathDelta::heldBytesDelta).sum();
	}

	/** The place that grew most, {@code null} where none is known. */
	@Nullable PathRowDescriptor topPath() {
		return paths(1).stream().findFirst().orElse(null);
	}

	List<? extends DiffRowDescriptor> by(DiffBy by, int top) {
		return switch (by) {
			case CLASS -> classes(top);
			case PATH -> paths(top);
			case BEAN -> beans(top);
			case LOADER -> loaders(top);
		};
	}

	private List<ClassRowDescriptor> classes(int top) {
		Growth kept = this.growth;
		Set<String> growing = (kept != null)
				? kept.classes().stream().map(ClassDelta::className).collect(Collectors.toSet()) : Set.of();
		long gained = this.diff.classes()
			.stream()
			.mapToLong(ClassDelta::shallowBytesDelta)
			.filter((delta) -> delta > 0)
			.sum();
		return this.diff.classes()
			.stream()
			.limit(top)
			.map((delta) -> ClassRowDescriptor.of(delta, retained(this.diff.before(), delta.className()),
					retained(this.diff.after(), delta.className()), share(delta.shallowBytesDelta(), gained),
					(kept != null) ? growing.contains(delta.className()) : null))
			.toList();
	}

	private List<PathRowDescriptor> paths(int top) {
		Growth kept = this.growth;
		Set<Integer> growing = (kept != null) ? kept.paths().stream().map(PathDelta::node).collect(Collectors.toSet())
				: Set.of();
		return this.paths.stream()
			.limit(top)
			.map((delta) -> PathRowDescriptor.of(delta, (kept != null) ? growing.contains(delta.node()) : null))
			.toList();
	}

	private List<BeanRowDescriptor> beans(int top) {
		Growth kept = this.growth;
		Set<String> growing = (kept != null) ? kept.beans().stream().map(BeanDelta::label).collect(Collectors.toSet())
				: Set.of();
		return this.beans.stream()
			.limit(top)
			.map((delta) -> BeanRowDescriptor.of(delta, (kept != null) ? growing.contains(delta.label()) : null))
			.toList();
	}

	private List<LoaderRowDescriptor> loaders(int top) {
		return this.diff.loaders()
			.stream()
			.limit(top)
			.map((delta) -> LoaderRowDescriptor.of(delta, (this.growth != null) ? keepsLoading(delta.after()) : null))
			.toList();
	}

	private boolean keepsLoading(LoaderUse loader) {
		long[] classes = this.profiles.stream()
			.mapToLong((profile) -> profile.loaders()
				.stream()
				.filter((then) -> then.name().equals(loader.name()) && then.className().equals(loader.className()))
				.mapToLong(LoaderUse::classCount)
				.sum())
			.toArray();
		for (int i = 1; i < classes.length; i++) {
			if (classes[i] <= classes[i - 1]) {
				return false;
			}
		}
		return true;
	}

	/** A class that a heap dump does not name had none, as in the counts. */
	private static @Nullable Long retained(HeapProfile profile, String className) {
		ClassCount count = profile.find(className);
		if (count != null) {
			return Known.bytes(count.retainedBytes());
		}
		return (profile.kind() == HeapProfile.Kind.HEAP_DUMP) ? 0L : null;
	}

	private static @Nullable Double share(long delta, long gained) {
		return (gained > 0) ? Math.max(0, (double) delta / gained) : null;
	}

}
