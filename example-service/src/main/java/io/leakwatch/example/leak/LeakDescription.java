package io.leakwatch.example.leak;

/**
 * What a leak is, for people and for tests: what LeakWatch should come to say.
 *
 * @param id its name in URLs
 * @param kind what runs out
 * @param sentence what happens
 * @param leakingClass the class of which there are more and more
 * @param holder who holds them
 */
public record LeakDescription(String id, LeakKind kind, String sentence, String leakingClass, String holder) {

	public LeakDescription(String id, LeakKind kind, String sentence, Class<?> leakingClass, String holder) {
		this(id, kind, sentence, leakingClass.getName(), holder);
	}

	/**
	 * A holder: something with a name, and the field in which it keeps the leaked.
	 * @param start what can be looked up, such as {@code bean 'orderService'}
	 * @param owner the class that declares the field
	 * @param field the field
	 * @param container the class of what is in the field
	 * @return the holder in words
	 */
	public static String holder(String start, Class<?> owner, String field, Class<?> container) {
		return start + " → " + owner.getName() + "." + field + " (" + container.getName() + ")";
	}

}
