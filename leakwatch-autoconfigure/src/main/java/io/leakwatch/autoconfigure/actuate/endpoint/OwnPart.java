package io.leakwatch.autoconfigure.actuate.endpoint;

import java.util.List;

import io.leakwatch.core.suspect.ClassOrigin;
import io.leakwatch.heap.profile.PathTree;

/**
 * LeakWatch's own part of the heap. It is bounded, and fills up after a start, so that it
 * looks like growth; the caches that it bounds are not its own, but the application's.
 */
final class OwnPart {

	private static final List<String> CACHES = List.of("io.leakwatch.core.bound.", "io.leakwatch.internal.",
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
		return ClassOrigin.of(className, List.of()) == ClassOrigin.LEAKWATCH
				&& CACHES.stream().noneMatch(className::startsWith);
	}

}
