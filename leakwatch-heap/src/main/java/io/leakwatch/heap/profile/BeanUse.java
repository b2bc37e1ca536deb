package io.leakwatch.heap.profile;

/**
 * A Spring bean, and what it has of the heap.
 *
 * @param name the name of the bean's definition
 * @param className the class of the bean, that of the target where it is a proxy
 * @param context the id of the application context, empty where the name alone tells
 * which bean is meant
 * @param scope how the container keeps it
 * @param count how many objects the name stands for: one, but for scoped beans and for
 * contexts that are there many times
 * @param heldBytes what is held by paths that begin at the bean, each object counted at
 * one place alone
 * @param retainedBytes what would be freed if the bean, with its proxy, were gone: what
 * it holds exclusively
 * @param sharedBytes what the bean leads to as well and does not retain, since others
 * lead there too; −1 where that is unknown
 */
public record BeanUse(String name, String className, String context, Scope scope, long count, long heldBytes,
		long retainedBytes, long sharedBytes) {

	/**
	 * The bean in words, as paths have it.
	 * @return {@code bean 'orders'}, {@code scoped bean 'cart'}, or one of these and
	 * {@code of context 'management'}
	 */
	public String label() {
		return label(this.scope, this.name, this.context);
	}

	/**
	 * A bean in words.
	 * @param scope how the container keeps it
	 * @param name its name
	 * @param context the id of its context, empty where it need not be told
	 * @return the words
	 */
	public static String label(Scope scope, String name, String context) {
		String words = ((scope == Scope.SCOPED) ? "scoped bean '" : "bean '") + name + "'";
		return context.isEmpty() ? words : words + " of context '" + context + "'";
	}

	BeanUse plus(BeanUse other) {
		return new BeanUse(this.name, this.className, this.context, this.scope, this.count + other.count,
				this.heldBytes + other.heldBytes, HeapProfile.sumOfKnown(this.retainedBytes, other.retainedBytes),
				HeapProfile.sumOfKnown(this.sharedBytes, other.sharedBytes));
	}

	/**
	 * How a container keeps a bean.
	 */
	public enum Scope {

		/** One object for the context. */
		SINGLETON,

		/** One for each session, request or what else a scope stands for. */
		SCOPED

	}

}
