package io.leakwatch.core.census;

import org.jspecify.annotations.Nullable;

/**
 * A set of objects by identity: one slot of a table each, as there are very many. Calls
 * no method of theirs.
 */
final class IdentitySet {

	private @Nullable Object[] table;

	private int size;

	IdentitySet() {
		this.table = new @Nullable Object[1 << 12];
	}

	/**
	 * Adds an object.
	 * @param object the object
	 * @return whether it was not there yet
	 */
	boolean add(Object object) {
		if (this.size * 3 >= this.table.length * 2) {
			grow();
		}
		int slot = slot(this.table, object);
		if (this.table[slot] != null) {
			return false;
		}
		this.table[slot] = object;
		this.size++;
		return true;
	}

	boolean contains(Object object) {
		return this.table[slot(this.table, object)] != null;
	}

	int size() {
		return this.size;
	}

	private void grow() {
		@Nullable Object[] larger = new @Nullable Object[this.table.length * 2];
		for (Object each : this.table) {
			if (each != null) {
				larger[slot(larger, each)] = each;
			}
		}
		this.table = larger;
	}

	private static int slot(@Nullable Object[] table, Object object) {
		int hash = System.identityHashCode(object) * 0x9E3779B9;
		int slot = (hash >>> 7) & (table.length - 1);
		while (table[slot] != null && table[slot] != object) {
			slot = (slot + 1) & (table.length - 1);
		}
		return slot;
	}

}
