package io.leakwatch.core.suspect;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Recognises virtual threads among the classes that grow. No JDK counts them cheaply, but
 * each is an object on the heap.
 */
final class VirtualThreads {

	static final String ADVICE = "Look for virtual threads that wait for ever: limit the time that they wait, or interrupt them when their work is of no use any more.";

	/** The second is of JVMs that give each a platform thread. */
	private static final Set<String> CLASSES = Set.of("java.lang.VirtualThread",
			"java.lang.ThreadBuilders$BoundVirtualThread");

	private VirtualThreads() {
	}

	/**
	 * The virtual threads that a class grows with: it is what they run, or what they are
	 * made of.
	 * @param grown the class, theirs included
	 * @param growing all classes that grow
	 * @return the threads' class, {@code null} where they do not grow at its pace
	 */
	static @Nullable GrowingClass growingWith(GrowingClass grown, List<GrowingClass> growing) {
		return growing.stream()
			.filter((each) -> CLASSES.contains(each.className()))
			.filter((each) -> each.equals(grown) || grown.keepsPaceWith(each))
			.findFirst()
			.orElse(null);
	}

}
