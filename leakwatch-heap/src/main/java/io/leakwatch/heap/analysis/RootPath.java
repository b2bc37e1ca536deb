package io.leakwatch.heap.analysis;

import java.util.List;

/**
 * A shortest way from a GC root to an object, and how many objects have one like it, by
 * the same fields and classes.
 *
 * @param count how many objects, 1 where one was asked for
 * @param steps the way to one of them, from the root on; of a very long way the middle is
 * left out
 */
public record RootPath(long count, List<PathStep> steps) {

	/**
	 * Copies the list.
	 * @param count how many objects
	 * @param steps the way to one of them
	 */
	public RootPath {
		steps = List.copyOf(steps);
	}

}
