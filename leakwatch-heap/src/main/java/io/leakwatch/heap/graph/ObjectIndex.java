package io.leakwatch.heap.graph;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.leakwatch.heap.memory.IntTable;
import io.leakwatch.heap.memory.LongTable;
import io.leakwatch.heap.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the objects of a heap without gaps, by their addresses.
 *
 * <p>
 * An object's id in a dump is its address, so ids lie densely in a few ranges. The
 * address space is cut into pages of 4096 places (of 8 bytes, mostly), and a page that
 * has objects has a bitmap with one bit for each place. The number of an object is the
 * rank of its bit: how many bits are set before it, which a running count for each 64
 * places gives with one more population count. That takes three eighths of a byte for
 * each 8 bytes of heap, whatever the number of objects, and a look-up touches two cache
 * lines, where a sorted array of ids would take eight bytes an object and a binary
 * search. (Rank over bitmaps: G. Jacobson, Space-efficient static trees and graphs,
 * 1989.)
 *
 * <p>
 * Two sets of objects are kept side by side, each with bits of its own in the same cache
 * line: the <em>inner</em> ones, which may refer to others, are numbered from 0; the
 * <em>leaves</em>, which cannot, follow them.
 */
public final class ObjectIndex {

	private static final VarHandle DIRECTORY = MethodHandles.arrayElementVarHandle(int[].class);

	private static final int PAGE_BITS = 12;

	/** Two words of 64 places each, the inner objects' and the leaves', for each 64. */
	private static final int PAGE_WORDS = 2 * (1 << (PAGE_BITS - 6));

	/** Few pages a region, so that a stray id in a damaged dump takes little memory. */
	private static final int REGION_BITS = 9;

	private static final long NARROW_RANGE = 1 << 20;

	private final int shift;

	private final LongTable words;

	private final IntTable ranks;

	/** For each region the first page's number plus one, 0 for none. */
	private final int[][] regions;

	private final long firstRegion;

	private final ConcurrentHashMap<Long, int[]> regionsByKey;

	private final int innerCount;

	private final int leafCount;

	private final int[] pageOrder;

	private final long[] pageKeys;

	private final LongTable spans;

	private ObjectIndex(Builder builder) {
		this.shift = builder.shift;
		this.words = builder.words;
		int pages = builder.pageCount.get();
		this.regionsByKey = builder.regions;
		this.spans = builder.spans;
		this.pageKeys = Arrays.copyOf(builder.pageKeys, pages);
		this.pageOrder = sortedPages(this.pageKeys);
		long least = Long.MAX_VALUE;
		long greatest = Long.MIN_VALUE;
		for (long key : this.regionsByKey.keySet()) {
			least = Math.min(least, key);
			greatest = Math.max(greatest, key);
		}
		boolean narrow = !this.regionsByKey.isEmpty() && greatest - least < NARROW_RANGE && greatest >= least;
		this.firstRegion = narrow ? least : 0;
		this.regions = narrow ? new int[(int) (greatest - least) + 1][] : new int[0][];
		if (narrow) {
			this.regionsByKey.forEach((key, directory) -> this.regions[(int) (key - this.firstRegion)] = directory);
		}
		this.ranks = builder.memory.ints((long) pages * PAGE_WORDS);
		this.innerCount = rank(0, 0);
		this.leafCount = rank(1, this.innerCount) - this.innerCount;
	}

	/** Counts the bits of one of the two sets, page by page in the order of addresses. */
	private int rank(int set, int first) {
		long count = first;
		for (int page : this.pageOrder) {
			long base = (long) page * PAGE_WORDS;
			for (int word = set; word < PAGE_WORDS; word += 2) {
				this.ranks.set(base + word, (int) count);
				count += Long.bitCount(this.words.get(base + word));
			}
			if (count > Integer.MAX_VALUE) {
				throw new IllegalStateException("A heap dump of more than 2^31 objects cannot be analysed");
			}
		}
		return (int) count;
	}

	private static int[] sortedPages(long[] keys) {
		int[] order = new int[keys.length];
		long[] sorted = new long[keys.length];
		System.arraycopy(keys, 0, sorted, 0, keys.length);
		boolean ascending = true;
		for (int i = 0; i < keys.length; i++) {
			order[i] = i;
			ascending &= i == 0 || Long.compareUnsigned(keys[i - 1], keys[i]) < 0;
		}
		if (!ascending) {
			Integer[] boxed = new Integer[keys.length];
			Arrays.setAll(boxed, (i) -> i);
			Arrays.sort(boxed, (a, b) -> Long.compareUnsigned(keys[a], keys[b]));
			for (int i = 0; i < boxed.length; i++) {
				order[i] = boxed[i];
			}
		}
		return order;
	}

	/**
	 * The number of an object.
	 * @param id its id
	 * @return its number, that of a leaf being {@link #innerCount} or more; -1 where
	 * there is no such object
	 */
	public int find(long id) {
		long place = id >>> this.shift;
		if (place << this.shift != id) {
			return -1;
		}
		int page = page(place >>> PAGE_BITS);
		if (page < 0) {
			return -1;
		}
		long at = (long) page * PAGE_WORDS + ((place >>> 5) & (PAGE_WORDS - 2));
		long bit = 1L << place;
		long bits = this.words.get(at);
		if ((bits & bit) == 0) {
			at++;
			bits = this.words.get(at);
			if ((bits & bit) == 0) {
				return -1;
			}
		}
		return this.ranks.get(at) + Long.bitCount(bits & (bit - 1));
	}

	private int page(long key) {
		long region = key >>> REGION_BITS;
		int[] directory;
		if (this.regions.length > 0) {
			long at = region - this.firstRegion;
			if (at < 0 || at >= this.regions.length) {
				return -1;
			}
			directory = this.regions[(int) at];
		}
		else {
			directory = this.regionsByKey.get(region);
		}
		return (directory != null) ? directory[(int) key & ((1 << REGION_BITS) - 1)] - 1 : -1;
	}

	/**
	 * The id of an object. Takes the logarithm of the number of pages.
	 * @param number its number
	 * @return its id
	 */
	public long id(int number) {
		int set = (number < this.innerCount) ? 0 : 1;
		int low = 0;
		int high = this.pageOrder.length - 1;
		while (low < high) {
			int middle = (low + high + 1) >>> 1;
			if (this.ranks.get((long) this.pageOrder[middle] * PAGE_WORDS + set) <= number) {
				low = middle;
			}
			else {
				high = middle - 1;
			}
		}
		int page = this.pageOrder[low];
		long rankBase = (long) page * PAGE_WORDS;
		int word = set;
		while (word + 2 < PAGE_WORDS && this.ranks.get(rankBase + word + 2) <= number) {
			word += 2;
		}
		long bits = this.words.get(rankBase + word);
		for (int skip = number - this.ranks.get(rankBase + word); skip > 0; skip--) {
			bits &= bits - 1;
		}
		long place = (this.pageKeys[page] << PAGE_BITS) + (word >>> 1) * 64L + Long.numberOfTrailingZeros(bits);
		return place << this.shift;
	}

	/**
	 * Where in the file the records are of the objects that lie near one, classes left
	 * out. In a dump that was written in the order of addresses these are some tens of
	 * kilobytes.
	 * @param id the id of an object
	 * @return the offset of the first and of the last of these records, {@code null}
	 * where there are none
	 */
	long @Nullable [] span(long id) {
		int page = page((id >>> this.shift) >>> PAGE_BITS);
		long first = (page < 0) ? 0 : -this.spans.get(2L * page);
		return (first == 0) ? null : new long[] { first, this.spans.get(2L * page + 1) };
	}

	/**
	 * The object that follows in memory, where it is near.
	 * @param id the id of an object
	 * @return the id of the next one in the same page of 4096 places, -1 for none
	 */
	long following(long id) {
		long place = id >>> this.shift;
		int page = page(place >>> PAGE_BITS);
		if (page < 0) {
			return -1;
		}
		long base = (long) page * PAGE_WORDS;
		long after = (-1L << place) << 1;
		for (long word = (place >>> 5) & (PAGE_WORDS - 2); word < PAGE_WORDS; word += 2) {
			long bits = (this.words.get(base + word) | this.words.get(base + word + 1)) & after;
			if (bits != 0) {
				return ((this.pageKeys[page] << PAGE_BITS) + (word >>> 1) * 64L
						+ Long.numberOfTrailingZeros(bits)) << this.shift;
			}
			after = -1L;
		}
		return -1;
	}

	/**
	 * How many objects there are.
	 * @return a count
	 */
	public int size() {
		return this.innerCount + this.leafCount;
	}

	/**
	 * How many objects are no leaves.
	 * @return a count, which is also the number of the first leaf
	 */
	public int innerCount() {
		return this.innerCount;
	}

	/** Takes the objects in any order, by several threads. */
	static final class Builder {

		private final Memory memory;

		private final int shift;

		private final ConcurrentHashMap<Long, int[]> regions = new ConcurrentHashMap<>();

		private final AtomicInteger pageCount = new AtomicInteger();

		private final LongTable words;

		/** For each page the least record offset, negated, and the greatest. */
		private final LongTable spans;

		private long[] pageKeys = new long[256];

		/**
		 * A builder without objects.
		 * @param shift how many low bits of every id are zero
		 */
		Builder(Memory memory, int shift) {
			this.memory = memory;
			this.shift = shift;
			this.words = memory.longs(0);
			this.spans = memory.longs(0);
		}

		Adder adder() {
			return new Adder(this);
		}

		private synchronized int newPage(int[] directory, long key) {
			int slot = (int) key & ((1 << REGION_BITS) - 1);
			if (directory[slot] != 0) {
				return directory[slot] - 1;
			}
			int page = this.pageCount.get();
			if ((long) page * PAGE_WORDS == this.words.size()) {
				this.words.grow(this.words.size() + LongTable.CHUNK);
			}
			if (2L * page == this.spans.size()) {
				this.spans.grow(this.spans.size() + LongTable.CHUNK);
			}
			if (page == this.pageKeys.length) {
				this.pageKeys = Arrays.copyOf(this.pageKeys, 2 * page);
			}
			this.pageKeys[page] = key;
			this.pageCount.set(page + 1);
			DIRECTORY.setRelease(directory, slot, page + 1);
			return page;
		}

		private int page(long key) {
			int[] directory = this.regions.computeIfAbsent(key >>> REGION_BITS, (region) -> new int[1 << REGION_BITS]);
			int page = (int) DIRECTORY.getAcquire(directory, (int) key & ((1 << REGION_BITS) - 1)) - 1;
			return (page >= 0) ? page : newPage(directory, key);
		}

		/** No adder may be used any more. */
		ObjectIndex build() {
			return new ObjectIndex(this);
		}

		void free() {
			this.words.free();
			this.spans.free();
		}

	}

	/**
	 * Adds objects for one thread. Bits of one word are gathered before they are written,
	 * since objects come mostly in the order of their addresses.
	 */
	static final class Adder {

		private final Builder builder;

		private final int shift;

		private long wordKey = -1;

		private long innerBits;

		private long leafBits;

		private long pageKey = -1;

		private int page;

		private long firstOffset;

		private long lastOffset;

		private Adder(Builder builder) {
			this.builder = builder;
			this.shift = builder.shift;
		}

		/**
		 * Returns whether the id fits the index; it does not where its low bits are set.
		 */
		boolean add(long id, boolean leaf, long offset) {
			long place = id >>> this.shift;
			if (place << this.shift != id) {
				return false;
			}
			if (place >>> 6 != this.wordKey) {
				write();
				long key = place >>> PAGE_BITS;
				if (key != this.pageKey) {
					writeSpan();
					this.pageKey = key;
					this.page = this.builder.page(key);
					this.firstOffset = offset;
				}
				this.wordKey = place >>> 6;
			}
			this.lastOffset = offset;
			if (leaf) {
				this.leafBits |= 1L << place;
			}
			else {
				this.innerBits |= 1L << place;
			}
			return true;
		}

		/**
		 * The same for the object that a class is. Its record stands far from those of
		 * its neighbours in memory, and its class knows where.
		 */
		boolean addClass(long id) {
			long place = id >>> this.shift;
			if (place << this.shift != id) {
				return false;
			}
			long page = this.builder.page(place >>> PAGE_BITS);
			this.builder.words.or(page * PAGE_WORDS + ((place >>> 5) & (PAGE_WORDS - 2)), 1L << place);
			return true;
		}

		/** Writes what was gathered; to be called after the last object of a segment. */
		void flush() {
			write();
			writeSpan();
			this.wordKey = -1;
			this.pageKey = -1;
		}

		private void write() {
			if (this.wordKey < 0) {
				return;
			}
			long at = (long) this.page * PAGE_WORDS + ((this.wordKey << 1) & (PAGE_WORDS - 2));
			if (this.innerBits != 0) {
				this.builder.words.or(at, this.innerBits);
			}
			if (this.leafBits != 0) {
				this.builder.words.or(at + 1, this.leafBits);
			}
			this.innerBits = 0;
			this.leafBits = 0;
		}

		private void writeSpan() {
			if (this.pageKey >= 0) {
				this.builder.spans.toGreatest(2L * this.page, -this.firstOffset);
				this.builder.spans.toGreatest(2L * this.page + 1, this.lastOffset);
			}
		}

	}

}
