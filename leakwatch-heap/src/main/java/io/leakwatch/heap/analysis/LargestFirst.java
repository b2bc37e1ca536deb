package io.leakwatch.heap.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The few keys with the greatest numbers. Not safe for several threads. */
final class LargestFirst {

	/** Of equal numbers the least key wins, whichever thread came to it first. */
	private static final Comparator<Entry> ORDER = Comparator.comparingLong(Entry::number)
		.thenComparing(Comparator.comparingInt(Entry::key).reversed());

	private final int limit;

	private final PriorityQueue<Entry> entries = new PriorityQueue<>(ORDER);

	private long least = 1;

	LargestFirst(int limit) {
		this.limit = limit;
	}

	/** Takes a key with a number above zero, if the number is great enough. */
	void offer(int key, long number) {
		if (number >= this.least) {
			this.entries.add(new Entry(key, number));
			if (this.entries.size() > this.limit) {
				this.entries.remove();
				this.least = Math.max(1, this.entries.element().number());
			}
		}
	}

	void addAll(LargestFirst others) {
		others.entries.forEach((entry) -> offer(entry.key(), entry.number()));
	}

	/** The entries, the greatest number first. */
	List<Entry> sorted() {
		List<Entry> sorted = new ArrayList<>(this.entries);
		sorted.sort(ORDER.reversed());
		return sorted;
	}

	/**
	 * A key and its number.
	 *
	 * @param key what has the number: an object
	 * @param number what it is ranked by
	 */
	record Entry(int key, long number) {
	}

}
