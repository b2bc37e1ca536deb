package io.leakwatch.autoconfigure.actuate.endpoint;

import java.util.List;

import io.leakwatch.heap.profile.PathTree;

/**
 * LeakWatch's own part of the heap. It is bounded, and fills up after a start, so that it
 * looks like growth; the caches that it bounds are not its own, but the application's.
 */
final class OwnPart {

	private static final List<String> OWN = List.of("io.leakwatch.heap.", "io.leakwatch.core.",
			"io.leakwatch.autoconfigure.");

	private static final List<String> OF_THE_APPLICATION = List.of("io.leakwatch.core.bound.",
			"io.leakwatch.autoconfigure.cache.");

	private OwnPart() {
	}

	/** Whether a path leads through an object of LeakWatch's own. */
	static boolean isPassed(PathTree tree, int node) {
		for (int step = node; step != PathTree.HEAP; step = tree.parent(step)) {
			if (isOwn(tree.className(step))) {
				return true;
			}
		}
		return false;
	}

	static boolean isOwn(String className) {
		return OWN.stream().anyMatch(className::startsWith)
				&& OF_THE_APPLICATION.stream().noneMatch(className::startsWith);
	}

}
