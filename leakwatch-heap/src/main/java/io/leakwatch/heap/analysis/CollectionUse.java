package io.leakwatch.heap.analysis;

/**
 * The containers of a class: what they hold and what they waste. A set that keeps its
 * elements in a map is one container, and so is a cache; maps and sets that the JDK or a
 * library does not tell the size of are not among them.
 *
 * @param className the class
 * @param count how many there are
 * @param emptyCount how many of them have no entry
 * @param entryCount the entries of all
 * @param capacity the slots of their arrays, 0 for linked containers
 * @param fill the share of these slots that the entries need, one each (two where keys
 * and values lie in one array), at most 1; 1 where there are no slots
 * @param shallowBytes the bytes of the containers with their arrays and nodes, but
 * without the entries. Nodes are taken to be of the usual class, one for each entry
 * @param wastedBytes the bytes of the empty ones, and of slots that no entry needs
 */
public record CollectionUse(String className, long count, long emptyCount, long entryCount, long capacity, double fill,
		long shallowBytes, long wastedBytes) {
}
