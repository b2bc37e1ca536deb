package io.leakwatch.core.census;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.RandomAccess;
import java.util.Spliterator;
import java.util.function.Consumer;

/**
 * Picks elements of a collection of the JDK: all of a small one, and of a large one some
 * that are spread over it, without walking from one to the next.
 */
final class Samples {

	private Samples() {
	}

	/**
	 * Hands out elements.
	 * @param elements the collection
	 * @param size its size, as it was a moment ago
	 * @param splits whether its spliterator splits without copying
	 * @param sink takes the elements
	 * @return whether these were all
	 */
	static <T> boolean of(Collection<? extends T> elements, long size, boolean splits, Consumer<? super T> sink) {
		if (size <= ContainerReader.WHOLE || !(splits || elements instanceof RandomAccess)) {
			return first(elements.iterator(), sink);
		}
		if (elements instanceof RandomAccess && elements instanceof List<? extends T> list) {
			for (int i = 0; i < ContainerReader.SAMPLE; i++) {
				sink.accept(list.get((int) (i * (size - 1) / (ContainerReader.SAMPLE - 1))));
			}
			return false;
		}
		split(elements.spliterator(), ContainerReader.SAMPLE, sink);
		return false;
	}

	/** Halves the range until each part stands for one element. */
	private static <T> void split(Spliterator<? extends T> range, int parts, Consumer<? super T> sink) {
		Spliterator<? extends T> front = (parts > 1) ? range.trySplit() : null;
		if (front == null) {
			range.tryAdvance(sink);
			return;
		}
		split(front, parts / 2, sink);
		split(range, parts - parts / 2, sink);
	}

	/**
	 * Hands out the first elements.
	 * @param iterator where to take them from
	 * @param sink takes the elements
	 * @return whether these were all
	 */
	static <T> boolean first(Iterator<? extends T> iterator, Consumer<? super T> sink) {
		for (int i = 0; i < ContainerReader.WHOLE && iterator.hasNext(); i++) {
			sink.accept(iterator.next());
		}
		return !iterator.hasNext();
	}

}
