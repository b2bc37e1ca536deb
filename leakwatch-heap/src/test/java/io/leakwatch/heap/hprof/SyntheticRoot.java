package io.leakwatch.heap.hprof;

/**
 * A kind of GC root, with its code and what is written after the object's identifier.
 */
public enum SyntheticRoot {

	/** A root of which nothing else is known. */
	UNKNOWN(0xff, Detail.NONE),

	/** A global reference of native code. */
	JNI_GLOBAL(0x01, Detail.REFERENCE_ID),

	/** A local reference of native code. */
	JNI_LOCAL(0x02, Detail.THREAD_AND_FRAME),

	/** A local variable of a Java frame. */
	JAVA_FRAME(0x03, Detail.THREAD_AND_FRAME),

	/** A reference from a native stack. */
	NATIVE_STACK(0x04, Detail.THREAD),

	/** A class that is never unloaded. */
	STICKY_CLASS(0x05, Detail.NONE),

	/** A reference from a thread's block. */
	THREAD_BLOCK(0x06, Detail.THREAD),

	/** A monitor in use. */
	MONITOR_USED(0x07, Detail.NONE),

	/** A thread that is alive: the second number is its stack trace. */
	THREAD_OBJECT(0x08, Detail.THREAD_AND_FRAME),

	/** An interned string (Android). */
	INTERNED_STRING(0x89, Detail.NONE),

	/** An object that waits for its finalizer (Android). */
	FINALIZING(0x8a, Detail.NONE),

	/** An object that a debugger holds (Android). */
	DEBUGGER(0x8b, Detail.NONE),

	/** A reference that is being cleaned up (Android). */
	REFERENCE_CLEANUP(0x8c, Detail.NONE),

	/** An object that the virtual machine holds for itself (Android). */
	VM_INTERNAL(0x8d, Detail.NONE),

	/** A monitor that native code has entered (Android). */
	JNI_MONITOR(0x8e, Detail.THREAD_AND_FRAME),

	/** An object that nothing reaches (Android): written like a root, but none. */
	UNREACHABLE(0x90, Detail.NONE);

	private final int tag;

	private final Detail detail;

	SyntheticRoot(int tag, Detail detail) {
		this.tag = tag;
		this.detail = detail;
	}

	/**
	 * The tag of the sub-record.
	 * @return the tag
	 */
	public int tag() {
		return this.tag;
	}

	Detail detail() {
		return this.detail;
	}

	/** What follows the object's identifier. */
	enum Detail {

		NONE, REFERENCE_ID, THREAD, THREAD_AND_FRAME

	}

}
