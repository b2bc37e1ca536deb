package io.leakwatch.heap.analysis;

import java.util.List;

/**
 * The containers of a heap: those of the JDK, Spring, Caffeine, Guava, Netty and other
 * libraries whose classes are known.
 *
 * @param classes the containers by class, the most wasted bytes first
 * @param largest the containers with the most entries, of some dozens at most
 */
public record CollectionUses(List<CollectionUse> classes, List<LargeCollection> largest) {

	/**
	 * Copies the lists.
	 * @param classes the containers by class
	 * @param largest the containers with the most entries
	 */
	public CollectionUses {
		classes = List.copyOf(classes);
		largest = List.copyOf(largest);
	}

}
