package io.leakwatch.core.signal;

import java.util.function.Consumer;

/**
 * Of the collections that are told, those that tell the live heap.
 */
final class Floors {

	private Floors() {
	}

	static Consumer<HeapCollection> to(Consumer<LiveHeap> consumer) {
		return (collection) -> {
			LiveHeap live = collection.live();
			if (live != null) {
				consumer.accept(live);
			}
		};
	}

}
