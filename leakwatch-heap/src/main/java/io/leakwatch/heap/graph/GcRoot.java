package io.leakwatch.heap.graph;

/**
 * An object that the JVM itself refers to.
 *
 * @param object the number of the object
 * @param kind why it is one
 * @param threadSerial the thread, 0 where none is told
 * @param frameNumber the frame in the thread's stack counted from the top, -1 for none
 */
public record GcRoot(int object, Kind kind, int threadSerial, int frameNumber) {

	/** Why an object is a root. */
	public enum Kind {

		/** A class that is never unloaded. */
		SYSTEM_CLASS("system class"),

		/** A thread that has been started and has not ended. */
		THREAD("thread"),

		/** A global reference of native code. */
		JNI_GLOBAL("JNI global"),

		/** A local reference of native code. */
		JNI_LOCAL("JNI local"),

		/** A local variable or parameter of a Java method. */
		JAVA_FRAME("local variable"),

		/** A native stack. */
		NATIVE_STACK("native stack"),

		/** A thread's block of local references. */
		THREAD_BLOCK("thread block"),

		/** An object that is locked, waited for, or whose monitor is in use. */
		MONITOR("monitor"),

		/** Interned strings (Android). */
		INTERNED_STRING("interned string"),

		/** Waiting for its finalizer. */
		FINALIZER("finalizer queue java.lang.ref.Finalizer.queue"),

		/** Held by a soft reference alone. */
		SOFT_REFERENCE("soft references"),

		/** Whatever else a dump may say. */
		OTHER("other root");

		private final String words;

		Kind(String words) {
			this.words = words;
		}

		/**
		 * What a person calls it.
		 * @return a few words
		 */
		public String words() {
			return this.words;
		}

		static Kind ofTag(int tag) {
			return switch (tag) {
				case 0x01 -> JNI_GLOBAL;
				case 0x02 -> JNI_LOCAL;
				case 0x03 -> JAVA_FRAME;
				case 0x04 -> NATIVE_STACK;
				case 0x05 -> SYSTEM_CLASS;
				case 0x06 -> THREAD_BLOCK;
				case 0x07, 0x8e -> MONITOR;
				case 0x08 -> THREAD;
				case 0x89 -> INTERNED_STRING;
				case 0x8a -> FINALIZER;
				default -> OTHER;
			};
		}

	}

}
