package io.leakwatch.heap.hprof;

import java.util.Arrays;

/**
 * A map of {@code long} to {@code long}: open addressing, linear probing, a load of at
 * most a half. Not safe for several threads while it is written.
 */
public final class LongMap {

	/** What {@link #get} answers for a key that is not there. */
	public static final long MISSING = -1;

	private long[] keys;

	private long[] values;

	private int size;

	/** An empty map. */
	public LongMap() {
		this.keys = new long[64];
		this.values = new long[64];
		Arrays.fill(this.values, MISSING);
	}

	/**
	 * Adds or replaces an entry.
	 * @param key any value
	 * @param value any value; {@link #MISSING} adds nothing
	 */
	public void put(long key, long value) {
		if (2 * (this.size + 1) > this.keys.length) {
			grow();
		}
		if (value == MISSING) {
			return;
		}
		int at = find(key);
		if (this.values[at] == MISSING) {
			this.size++;
			this.keys[at] = key;
		}
		this.values[at] = value;
	}

	/**
	 * The value of a key.
	 * @param key the key
	 * @return its value, or {@link #MISSING}
	 */
	public long get(long key) {
		return this.values[find(key)];
	}

	/**
	 * How many entries there are.
	 * @return a count
	 */
	public int size() {
		return this.size;
	}

	/**
	 * Every key, in no order.
	 * @return a new array
	 */
	public long[] keys() {
		long[] present = new long[this.size];
		int count = 0;
		for (int i = 0; i < this.keys.length; i++) {
			if (this.values[i] != MISSING) {
				present[count++] = this.keys[i];
			}
		}
		return present;
	}

	private int find(long key) {
		long[] table = this.keys;
		int mask = table.length - 1;
		long hash = key * 0x9E3779B97F4A7C15L;
		int at = (int) (hash >>> 32) & mask;
		while (this.values[at] != MISSING && table[at] != key) {
			at = (at + 1) & mask;
		}
		return at;
	}

	private void grow() {
		long[] oldKeys = this.keys;
		long[] oldValues = this.values;
		this.keys = new long[oldKeys.length * 2];
		this.values = new long[oldKeys.length * 2];
		Arrays.fill(this.values, MISSING);
		for (int i = 0; i < oldKeys.length; i++) {
			if (oldValues[i] != MISSING) {
				int at = find(oldKeys[i]);
				this.keys[at] = oldKeys[i];
				this.values[at] = oldValues[i];
			}
		}
	}

}
