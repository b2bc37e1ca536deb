package io.leakwatch.example.leak;

/**
 * What runs out in the end.
 */
public enum LeakKind {

	/**
	 * The Java heap.
	 */
	HEAP,

	/**
	 * Threads, and the memory of their stacks.
	 */
	THREAD,

	/**
	 * The metaspace.
	 */
	CLASS_LOADER,

	/**
	 * Memory outside the heap that direct buffers hold.
	 */
	DIRECT_MEMORY,

	/**
	 * The Java heap, through a cache.
	 */
	CACHE

}
