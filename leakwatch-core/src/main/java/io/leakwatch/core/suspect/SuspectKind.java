package io.leakwatch.core.suspect;

/**
 * What a suspect leaks.
 */
public enum SuspectKind {

	/** Objects on the Java heap. */
	HEAP,

	/** Threads. */
	THREAD,

	/** Classes and their loaders. */
	CLASS_LOADER,

	/** Direct byte buffers. */
	DIRECT_MEMORY,

	/** Memory of the process that the JVM does not account for. */
	NATIVE_MEMORY,

	/** Objects that wait for their finalizer. */
	FINALIZER,

	/** Entries of a cache. */
	CACHE,

	/** Open files and sockets. */
	FILE_DESCRIPTOR

}
