package io.leakwatch.core.profile;

import org.jspecify.annotations.Nullable;

/**
 * An object in the chain from a GC root to a sampled object, and how the object before it
 * refers to it.
 *
 * @param className the object's class
 * @param field the field of the object before, {@code null} for the first one and in
 * arrays
 * @param isStatic whether the field is static: the object before is a class then
 * @param slot the slot of the array before, -1 elsewhere
 * @param skipped how many objects before it the JVM has left out
 * @param description what the JVM says of the object: {@code Thread Name: main},
 * {@code Class Name: com.acme.Shop}, {@code Size: 12}; {@code null} for most
 */
record ChainStep(String className, @Nullable String field, boolean isStatic, int slot, int skipped,
		@Nullable String description) {

	private static final String THREAD = "Thread Name: ";

	private static final String CLASS = "Class Name: ";

	/** The thread's name, where it is a thread. */
	@Nullable String threadName() {
		return described(THREAD);
	}

	/** The class that it stands for, where it is one. */
	@Nullable String namedClass() {
		return this.className.equals("java.lang.Class") ? described(CLASS) : null;
	}

	private @Nullable String described(String prefix) {
		String words = this.description;
		return (words != null && words.startsWith(prefix)) ? words.substring(prefix.length()) : null;
	}

}
