package io.leakwatch.heap.suspect;

/**
 * A place in a heap that is likely to leak.
 *
 * @param kind what is piled up there
 * @param title one sentence that a person understands, with short names
 * @param className the class of what piles up; of a single object where that is large
 * @param holder who holds it, in words: what a person can look up first
 * @param path the way from the root, in words; empty where a finding has no path
 * @param heldBytes the bytes that are held there, or, of growth, that came to be
 * @param retainedBytes what would be freed without it, or, of growth, what came to it; −1
 * where unknown
 * @param count how many objects of the class are there, or, of growth, came to be
 * @param share the part of the heap, or, of growth, of all that grew, from 0 to 1
 * @param score how likely it is a leak, from 0 to 1: the share, less what a healthy
 * service has of such places
 */
public record LeakSuspect(Kind kind, String title, String className, String holder, String path, long heldBytes,
		long retainedBytes, long count, double share, double score) {

	/**
	 * What is piled up.
	 */
	public enum Kind {

		/** Entries of a collection, a map, a queue, an array, or roots of one kind. */
		COLLECTION,

		/** Objects that hold one another in a chain or a tree. */
		LINKED_OBJECTS,

		/** Threads of one group. */
		THREADS,

		/** Class loaders of one kind. */
		CLASS_LOADERS,

		/** Objects that are to be finalized. */
		FINALIZERS,

		/** One large object, or what spreads over many fields. */
		OBJECT

	}

}
