package io.leakwatch.heap.graph;

import java.util.Arrays;

import io.leakwatch.heap.memory.IntTable;
import io.leakwatch.heap.memory.Memory;
import io.leakwatch.heap.memory.ShortTable;

/**
 * The references between inner objects: for each object a row of the objects it refers
 * to, with the number of the field beside each.
 *
 * <p>
 * Rows lie one behind the other in chunks. The last entry of a row is stored inverted, so
 * a row needs no length. A thread fills chunks of its own; a row that reaches the end of
 * one goes on in the thread's next. Places are unsigned, so there is room for 2^32
 * references; references to leaves need no row.
 */
public final class ReferenceRows {

	private static final int CHUNK = IntTable.CHUNK;

	private static final int MASK = CHUNK - 1;

	private static final int SHIFT = Integer.numberOfTrailingZeros(CHUNK);

	private final IntTable starts;

	private final IntTable targets;

	private final ShortTable slots;

	private int[] chain = new int[16];

	private int chunks;

	ReferenceRows(Memory memory, int objects) {
		this.starts = memory.ints(objects);
		this.targets = memory.ints(0);
		this.slots = memory.shorts(0);
	}

	/**
	 * Where the row of an object begins.
	 * @param object the number of an inner object
	 * @return the place of its first reference, 0 where it has none
	 */
	public int start(int object) {
		return this.starts.get(object);
	}

	/**
	 * The object that a reference leads to.
	 * @param place the reference
	 * @return the number of an inner object
	 */
	public int target(int place) {
		int target = this.targets.get(place & 0xffffffffL);
		return target ^ (target >> 31);
	}

	/**
	 * The field that a reference stands in.
	 * @param place the reference
	 * @return a number as {@link HeapClass} explains
	 */
	public int slot(int place) {
		return this.slots.get(place & 0xffffffffL);
	}

	/**
	 * The next reference of the same object.
	 * @param place a reference
	 * @return the place of the next one, 0 where there is none
	 */
	public int next(int place) {
		if (this.targets.get(place & 0xffffffffL) < 0) {
			return 0;
		}
		int next = place + 1;
		return ((next & MASK) != 0) ? next : this.chain[place >>> SHIFT] << SHIFT;
	}

	/** Gives the memory back. */
	void free() {
		this.starts.free();
		this.targets.free();
		this.slots.free();
	}

	private synchronized int newChunk(int before) {
		int chunk = this.chunks++;
		if (chunk == 1 << (32 - SHIFT)) {
			throw new IllegalStateException("A heap dump with more than 2^32 references between objects that have "
					+ "references themselves cannot be analysed");
		}
		// A chunk of slots may be larger than one of targets.
		this.targets.grow((long) this.chunks << SHIFT);
		if (this.slots.size() < (long) this.chunks << SHIFT) {
			this.slots.grow(this.slots.size() + ShortTable.CHUNK);
		}
		if (chunk == this.chain.length) {
			this.chain = Arrays.copyOf(this.chain, 2 * chunk);
		}
		if (before >= 0) {
			this.chain[before] = chunk;
		}
		return chunk;
	}

	Writer writer() {
		return new Writer(this);
	}

	/** Writes the rows of some objects, for one thread. */
	static final class Writer {

		private static final int NONE = -1;

		private final ReferenceRows rows;

		private int chunk = NONE;

		private int place;

		private int waiting = NONE;

		private int waitingSlot;

		private int object;

		private boolean empty;

		private Writer(ReferenceRows rows) {
			this.rows = rows;
		}

		void begin(int number) {
			this.object = number;
			this.empty = true;
			this.waiting = NONE;
		}

		void add(int target, int slot) {
			if (this.waiting != NONE) {
				put(this.waiting);
			}
			this.waiting = target;
			this.waitingSlot = slot;
		}

		void end() {
			if (this.waiting != NONE) {
				put(~this.waiting);
			}
		}

		private void put(int value) {
			if (this.chunk == NONE || (this.place & MASK) == 0) {
				this.chunk = this.rows.newChunk(this.chunk);
				this.place = this.chunk << SHIFT;
				if (this.place == 0) {
					// Place 0 says that there is no reference.
					this.place = 1;
				}
			}
			if (this.empty) {
				this.rows.starts.set(this.object, this.place);
				this.empty = false;
			}
			this.rows.targets.set(this.place & 0xffffffffL, value);
			this.rows.slots.set(this.place & 0xffffffffL, this.waitingSlot);
			this.place++;
		}

	}

}
