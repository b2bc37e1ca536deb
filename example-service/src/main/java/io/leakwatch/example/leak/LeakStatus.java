package io.leakwatch.example.leak;

/**
 * A leak and its switch.
 *
 * @param id its name in URLs
 * @param on whether it leaks with each order
 * @param leaked how many things it has leaked so far
 * @param kind what runs out
 * @param sentence what happens
 * @param leakingClass the class of which there are more and more
 * @param holder who holds them
 */
record LeakStatus(String id, boolean on, long leaked, LeakKind kind, String sentence, String leakingClass,
		String holder) {

	static LeakStatus of(Leak leak, boolean on) {
		LeakDescription description = leak.describe();
		return new LeakStatus(description.id(), on, leak.leaked(), description.kind(), description.sentence(),
				description.leakingClass(), description.holder());
	}

}
