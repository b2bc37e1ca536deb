package io.leakwatch.heap.analysis;

import io.leakwatch.heap.graph.ReferenceKind;

/**
 * The reference objects of a class that refer to objects of a class.
 *
 * @param kind how they hold what they refer to
 * @param className their class: {@code java.lang.ref.Finalizer},
 * {@code jdk.internal.ref.Cleaner}, {@code java.util.WeakHashMap$Entry}
 * @param referentClassName the class of what they refer to; {@value #CLEARED} where they
 * refer to nothing, {@value #UNKNOWN} where the class could not be found out
 * @param count how many there are
 * @param enqueuedCount how many of them wait in their queue to be looked at
 */
public record ReferenceUse(ReferenceKind kind, String className, String referentClassName, long count,
		long enqueuedCount) {

	/** In place of a class: the reference was cleared. */
	public static final String CLEARED = "(cleared)";

	/** In place of a class: it is one of too many. */
	public static final String UNKNOWN = "(unknown)";

}
