package io.leakwatch.heap.analysis;

import java.util.concurrent.atomic.AtomicLong;

import io.leakwatch.heap.memory.IntTable;
import io.leakwatch.heap.memory.Memory;

/**
 * A set of hashes that forgets all when it is full: most texts of a heap are there once,
 * and this tells so with one look at a table small enough for a processor's cache. Safe
 * for several threads, without locks: what two of them do at one moment may get lost when
 * the set is emptied, as everything else in it does.
 */
final class SeenOnce {

	private static final int LEAST_SLOTS = 1 << 12;

	private static final int MOST_SLOTS = 1 << 22;

	/** So many hashes are added before a thread says so to the others. */
	private static final int STEP = 256;

	/** Never needed by chance; a dump may be made to need more. */
	private static final int MOST_PROBES = 1_024;

	private final IntTable tags;

	private final int mask;

	private final AtomicLong used = new AtomicLong();

	private volatile boolean emptied;

	/**
	 * An empty set.
	 * @param expected how many hashes may come
	 */
	SeenOnce(Memory memory, int expected) {
		int slots = (expected >= MOST_SLOTS) ? MOST_SLOTS
				: Math.max(LEAST_SLOTS, Integer.highestOneBit(expected | 1) << 1);
		this.tags = memory.ints(slots);
		this.mask = slots - 1;
	}

	/**
	 * Adds a hash, and returns whether it was there already.
	 * @param noted what {@link #noted} has told of the hash
	 */
	boolean add(long hash, int noted) {
		int tag = Math.max(1, (int) (hash >>> 33));
		int slot = (int) hash & this.mask;
		int there = noted;
		for (int probe = 0; probe < MOST_PROBES; probe++) {
			if (there == 0) {
				there = this.tags.setIfZero(slot, tag);
			}
			if (there == 0) {
				count(hash);
				return false;
			}
			if (there == tag) {
				return true;
			}
			slot = (slot + 1) & this.mask;
			there = this.tags.get(slot);
		}
		this.emptied = true;
		return false;
	}

	/** What is noted where a hash is looked for first. */
	int noted(long hash) {
		return this.tags.get((int) hash & this.mask);
	}

	/** Counts a sample, so that threads do not wait for one another. */
	private void count(long hash) {
		if (((hash >>> 24) & (STEP - 1)) == 0 && this.used.addAndGet(STEP) > this.mask / 4 * 3L) {
			empty();
		}
	}

	private synchronized void empty() {
		if (this.used.get() > this.mask / 4 * 3L) {
			this.emptied = true;
			for (int slot = 0; slot <= this.mask; slot++) {
				this.tags.set(slot, 0);
			}
			this.used.set(0);
		}
	}

	/** Whether the set was full at least once. */
	boolean wasEmptied() {
		return this.emptied;
	}

	void free() {
		this.tags.free();
	}

}
