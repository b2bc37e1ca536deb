package io.leakwatch.heap.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.memory.LongTable;
import io.leakwatch.heap.memory.Memory;

/**
 * Counts equal texts by a hash of more than 50 bits.
 *
 * <p>
 * What is seen for the first time is only noted. From the second time on a text is
 * counted in a hash table of bounded size outside the Java heap. When a part of it is
 * full, the texts of which it has seen the fewest copies are forgotten (lossy counting:
 * G. Manku and R. Motwani, Approximate frequency counts over data streams, 2002); those
 * with many copies, which matter, stay. Who holds most copies of a text is found by a
 * majority vote that needs one candidate and one counter (R. Boyer and J Moore, MJRTY,
 * 1991).
 *
 * <p>
 * Safe for several threads: each part has a lock.
 */
final class StringCopies {

	private static final int MOST_TEXTS = 100;

	private static final int STRIPES = 64;

	private static final int LEAST_SLOTS = 1 << 12;

	private static final int MOST_SLOTS = 1 << 18;

	/** The hash, 0 for a free slot. */
	private static final int HASH = 0;

	/** The length of the text above the number of its copies. */
	private static final int COUNT = 1;

	/** The node that may hold most copies above the votes for it. */
	private static final int VOTE = 2;

	/** The type of the array above the leaf that it is. */
	private static final int EXAMPLE = 3;

	private static final int FIELDS = 4;

	private final int slots;

	private final LongTable table;

	private final SeenOnce seen;

	private final List<Writer> writers = new ArrayList<>();

	private final Stripe[] stripes = new Stripe[STRIPES];

	/**
	 * An empty table.
	 * @param leaves how many leaves there are, of which two make a string
	 */
	StringCopies(Memory memory, int leaves) {
		int capacity = (leaves >= MOST_SLOTS) ? MOST_SLOTS
				: Math.max(LEAST_SLOTS, Integer.highestOneBit(leaves | 1) << 1);
		this.slots = capacity / STRIPES;
		this.seen = new SeenOnce(memory, leaves);
		this.table = memory.longs((long) FIELDS * this.slots * STRIPES);
		for (int i = 0; i < STRIPES; i++) {
			this.stripes[i] = new Stripe((long) i * this.slots);
		}
	}

	/** Writes for one thread. */
	synchronized Writer writer() {
		Writer writer = new Writer(this);
		this.writers.add(writer);
		return writer;
	}

	private void copy(long hash, int length, long example, int node) {
		long key = (hash != 0) ? hash : 1;
		this.stripes[(int) (key >>> 58)].add(key, length, example, node);
	}

	/** Writes what is left, and returns how many texts there were. */
	private synchronized long finish() {
		long added = 0;
		for (Writer writer : this.writers) {
			writer.flush();
			added += writer.added;
		}
		return added;
	}

	/** What was counted. */
	DuplicateStrings result(HeapGraph graph, PathTrie trie, HolderWords holders) {
		long arrays = finish();
		Comparator<Candidate> order = Comparator.comparingLong(Candidate::wastedBytes)
			.thenComparing(Comparator.comparingInt(Candidate::leaf).reversed());
		PriorityQueue<Candidate> most = new PriorityQueue<>(order);
		long duplicates = 0;
		long wasted = 0;
		long stringBytes = graph.classes().string().instanceBytes();
		for (long slot = 0; slot < (long) this.slots * STRIPES; slot++) {
			long count = this.table.get(FIELDS * slot + COUNT) & 0xffffffffL;
			if (count > 1) {
				Candidate candidate = candidate(slot, graph, stringBytes);
				duplicates += count - 1;
				wasted += candidate.wastedBytes();
				most.add(candidate);
				if (most.size() > MOST_TEXTS) {
					most.remove();
				}
			}
		}
		List<Candidate> sorted = new ArrayList<>(most);
		sorted.sort(order.reversed());
		List<DuplicateString> texts = sorted.stream()
			.map((each) -> new DuplicateString(each.length(), each.count(), each.wastedBytes(),
					holders.of(trie.parent(each.node())), graph.id(graph.holder(each.leaf()))))
			.toList();
		boolean forgot = this.seen.wasEmptied();
		for (Stripe stripe : this.stripes) {
			forgot |= stripe.forgot;
		}
		return new DuplicateStrings(arrays, duplicates, wasted, forgot, texts);
	}

	void free() {
		this.table.free();
		this.seen.free();
	}

	private Candidate candidate(long slot, HeapGraph graph, long stringBytes) {
		long lengthAndCount = this.table.get(FIELDS * slot + COUNT);
		long example = this.table.get(FIELDS * slot + EXAMPLE);
		int length = (int) (lengthAndCount >>> 32);
		int count = (int) lengthAndCount;
		long bytes = (count - 1L) * (graph.layout().arrayBytes((int) (example >>> 32), length) + stringBytes);
		return new Candidate(length, count, bytes, (int) example, (int) (this.table.get(FIELDS * slot + VOTE) >>> 32));
	}

	private record Candidate(int length, int count, long wastedBytes, int leaf, int node) {
	}

	/**
	 * Gathers some texts before it looks them up, so that the processor waits for memory
	 * once for all of them. Not safe for several threads.
	 */
	static final class Writer {

		private static final int SIZE = 64;

		private final StringCopies copies;

		private final long[] hashes = new long[SIZE];

		private final int[] lengths = new int[SIZE];

		private final long[] examples = new long[SIZE];

		private final int[] nodes = new int[SIZE];

		private final int[] noted = new int[SIZE];

		private int size;

		private long added;

		Writer(StringCopies copies) {
			this.copies = copies;
		}

		void add(long hash, int length, int elementType, int leaf, int node) {
			int at = this.size++;
			this.hashes[at] = hash;
			this.lengths[at] = length;
			this.examples[at] = ((long) elementType << 32) | leaf;
			this.nodes[at] = node;
			if (this.size == SIZE) {
				flush();
			}
		}

		private void flush() {
			SeenOnce seen = this.copies.seen;
			for (int i = 0; i < this.size; i++) {
				this.noted[i] = seen.noted(this.hashes[i]);
			}
			for (int i = 0; i < this.size; i++) {
				if (seen.add(this.hashes[i], this.noted[i])) {
					this.copies.copy(this.hashes[i], this.lengths[i], this.examples[i], this.nodes[i]);
				}
			}
			this.added += this.size;
			this.size = 0;
		}

	}

	/** A part of the table, with the slots from a first one on. */
	private final class Stripe {

		private final long first;

		private int used;

		private boolean forgot;

		Stripe(long first) {
			this.first = first;
		}

		synchronized void add(long hash, int length, long example, int node) {
			LongTable values = StringCopies.this.table;
			long at = find(hash);
			if (values.get(at + HASH) == 0) {
				if (4 * (this.used + 1) > 3 * StringCopies.this.slots) {
					forget();
					at = find(hash);
				}
				this.used++;
				values.set(at + HASH, hash);
				values.set(at + COUNT, ((long) length << 32) + 2);
				values.set(at + VOTE, ((long) node << 32) + 1);
				values.set(at + EXAMPLE, example);
				return;
			}
			values.set(at + COUNT, values.get(at + COUNT) + 1);
			vote(at + VOTE, node);
			if (example < values.get(at + EXAMPLE)) {
				values.set(at + EXAMPLE, example);
			}
		}

		private void vote(long at, int node) {
			long vote = StringCopies.this.table.get(at);
			long changed = ((int) (vote >>> 32) == node) ? vote + 1
					: ((int) vote == 0) ? ((long) node << 32) + 1 : vote - 1;
			StringCopies.this.table.set(at, changed);
		}

		/** The place of a hash or of the free slot where it would be. */
		private long find(long hash) {
			int mask = StringCopies.this.slots - 1;
			int slot = (int) hash & mask;
			long at = FIELDS * (this.first + slot);
			for (long there = StringCopies.this.table.get(at); there != 0
					&& there != hash; there = StringCopies.this.table.get(at)) {
				slot = (slot + 1) & mask;
				at = FIELDS * (this.first + slot);
			}
			return at;
		}

		/** Keeps half of the texts at most: those with the most copies. */
		private void forget() {
			LongTable values = StringCopies.this.table;
			int places = FIELDS * StringCopies.this.slots;
			long[] copy = new long[places];
			for (int i = 0; i < places; i++) {
				copy[i] = values.get(FIELDS * this.first + i);
				values.set(FIELDS * this.first + i, 0);
			}
			int least = 3;
			while (countWith(least, copy) > StringCopies.this.slots / 2) {
				least *= 2;
			}
			this.used = 0;
			for (int i = 0; i < places; i += FIELDS) {
				if ((int) copy[i + COUNT] >= least) {
					this.used++;
					long at = find(copy[i + HASH]);
					for (int field = 0; field < FIELDS; field++) {
						values.set(at + field, copy[i + field]);
					}
				}
			}
			this.forgot = true;
		}

		private static int countWith(int least, long[] copy) {
			int count = 0;
			for (int i = 0; i < copy.length; i += FIELDS) {
				count += ((int) copy[i + COUNT] >= least) ? 1 : 0;
			}
			return count;
		}

	}

}
