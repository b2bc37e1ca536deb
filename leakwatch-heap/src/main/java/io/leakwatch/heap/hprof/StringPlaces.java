package io.leakwatch.heap.hprof;

import io.leakwatch.heap.memory.LongTable;
import io.leakwatch.heap.memory.Memory;

/**
 * Where in a file each of its names stands: a map from the ids of string records to their
 * offsets, outside the Java heap, since a JVM writes ten names and more for each class.
 * Open addressing, linear probing, a load of at most a half. Not safe for several threads
 * while it is written.
 */
final class StringPlaces {

	/** No string stands there: every file begins with its header. */
	static final long MISSING = 0;

	private static final int LEAST_SLOTS = 64;

	private final Memory memory;

	/**
	 * Each slot's id, and the offset behind it; an offset of 0 where the slot is free.
	 */
	private LongTable slots;

	private long size;

	StringPlaces(Memory memory) {
		this.memory = memory;
		this.slots = memory.longs(2L * LEAST_SLOTS);
	}

	/** Adds a string or gives it another place. */
	void put(long id, long offset) {
		if (4 * (this.size + 1) > this.slots.size()) {
			grow();
		}
		long at = find(this.slots, id);
		if (this.slots.get(at + 1) == MISSING) {
			this.size++;
			this.slots.set(at, id);
		}
		this.slots.set(at + 1, offset);
	}

	/** The offset of a string's record, or {@link #MISSING}. */
	long get(long id) {
		return this.slots.get(find(this.slots, id) + 1);
	}

	private static long find(LongTable slots, long id) {
		long mask = (slots.size() >>> 1) - 1;
		long slot = ((id * 0x9E3779B97F4A7C15L) >>> 32) & mask;
		while (slots.get(2 * slot + 1) != MISSING && slots.get(2 * slot) != id) {
			slot = (slot + 1) & mask;
		}
		return 2 * slot;
	}

	private void grow() {
		LongTable before = this.slots;
		LongTable grown = this.memory.longs(2 * before.size());
		for (long at = 0; at < before.size(); at += 2) {
			if (before.get(at + 1) != MISSING) {
				long place = find(grown, before.get(at));
				grown.set(place, before.get(at));
				grown.set(place + 1, before.get(at + 1));
			}
		}
		this.slots = grown;
		before.free();
	}

}
