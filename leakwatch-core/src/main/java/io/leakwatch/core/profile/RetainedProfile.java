package io.leakwatch.core.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.PathTree;

/**
 * Makes a profile of what holds the heap, by the paths of a heap dump: a stack is a path
 * from a GC root, the root outermost.
 */
public final class RetainedProfile {

	private static final List<SampleType> TYPES = List.of(new SampleType("objects", "count"),
			new SampleType("retained_space", "bytes"));

	private RetainedProfile() {
	}

	/**
	 * Makes it of what was kept of a dump. Costs some milliseconds.
	 * @param dump a profile of kind {@link HeapProfile.Kind#HEAP_DUMP}
	 * @param name what the dump is called
	 * @return a profile with the types {@code objects} and {@code retained_space}
	 */
	public static StackProfile of(HeapProfile dump, String name) {
		PathTree tree = dump.paths();
		List<StackSample> samples = new ArrayList<>();
		for (int node = 1; node < tree.size(); node++) {
			if (tree.count(node) > 0 || tree.shallowBytes(node) > 0) {
				String className = tree.className(node);
				samples
					.add(new StackSample(stack(tree, node), className.isEmpty() ? Map.of() : Map.of("class", className),
							List.of(tree.count(node), tree.shallowBytes(node))));
			}
		}
		return new StackProfile(TYPES, samples, List.of(
				"Objects of the heap dump %s of %s by what holds them: no code, but paths from a GC root."
					.formatted(name, dump.takenAt()),
				"Each object counts once, at its shortest path. So the cumulative bytes of a holder are all that hangs below it."),
				dump.takenAt(), Duration.ZERO);
	}

	private static List<StackLine> stack(PathTree tree, int node) {
		List<StackLine> stack = new ArrayList<>();
		for (int step = node; step != PathTree.HEAP; step = tree.parent(step)) {
			String className = tree.className(step);
			stack.add(new StackLine(
					className.isEmpty() ? tree.field(step) : "%s (%s)".formatted(tree.field(step), className), "", 0));
		}
		return stack;
	}

}
