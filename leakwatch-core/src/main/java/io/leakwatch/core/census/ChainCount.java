package io.leakwatch.core.census;

import org.jspecify.annotations.Nullable;

/**
 * Counts the rest of a long chain of objects of one class, linked by one field, without
 * keeping any of them but the next.
 */
final class ChainCount {

	private static final int AT_A_TIME = 64;

	private static final int MOST = 5_000_000;

	private final FieldReader field;

	private final int path;

	private @Nullable Object next;

	/** A chain may be closed to a ring: this one is met again then. */
	private Object seen;

	private int count;

	private int nextSeen = 64;

	ChainCount(Object first, FieldReader field, int path) {
		this.next = first;
		this.seen = first;
		this.field = field;
		this.path = path;
	}

	/**
	 * Goes on for some links.
	 * @param visited where a ring leads back to
	 * @return whether the chain is at its end
	 */
	boolean goOn(IdentitySet visited) {
		for (int i = 0; i < AT_A_TIME; i++) {
			Object object = this.next;
			if (object == null || this.count >= MOST || visited.contains(object)) {
				this.next = null;
				return true;
			}
			this.count++;
			Object following = this.field.reference(object);
			if (following == this.seen) {
				this.next = null;
				return true;
			}
			if (this.count == this.nextSeen) {
				this.seen = object;
				this.nextSeen *= 2;
			}
			this.next = following;
		}
		return false;
	}

	int path() {
		return this.path;
	}

	int count() {
		return this.count;
	}

}
