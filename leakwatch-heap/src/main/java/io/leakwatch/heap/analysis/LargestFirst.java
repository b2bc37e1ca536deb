package io.leakwatch.heap.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The few objects with the greatest numbers. Not safe for several threads. */
final class LargestFirst {

	/** Of equal numbers the earlier object wins, whichever thread came to it first. */
	private static final Comparator<Entry> ORDER = Comparator.comparingLong(Entry::number)
		.thenComparing(Comparator.comparingInt(Entry::object).reversed());

	private final int limit;

	private final PriorityQueue<Entry> entries = new PriorityQueue<>(ORDER);

	private long least = 1;

	LargestFirst(int limit) {
		this.limit = limit;
	}

	/** Takes an object with a number above zero, if the number is great enough. */
	void offer(int object, long number) {
		if (number >= this.least) {
			this.entries.add(new Entry(object, number));
			if (this.entries.size() > this.limit) {
				this.entries.remove();
				this.least = Math.max(1, this.entries.element().number());
			}
		}
	}

	void addAll(LargestFirst others) {
		others.entries.forEach((entry) -> offer(entry.object(), entry.number()));
	}

	/** The entries, the greatest number first. */
	List<Entry> sorted() {
		List<Entry> sorted = new ArrayList<>(this.entries);
		sorted.sort(ORDER.reversed());
		return sorted;
	}

	/**
	 * An object and its number.
	 *
	 * @param object the number by which the graph knows it
	 * @param number what it is ranked by
	 */
	record Entry(int object, long number) {
	}

}
