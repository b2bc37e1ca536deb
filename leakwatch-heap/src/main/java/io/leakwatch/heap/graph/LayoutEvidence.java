package io.leakwatch.heap.graph;

import java.util.HashMap;
import java.util.Map;

/**
 * Distances between neighbours in memory, from which {@link ObjectLayout} concludes how
 * large the objects are: an object ends at the latest where the next one begins, and in a
 * heap that was just collected it mostly ends right there.
 *
 * <p>
 * Holds a few numbers for each class and each array length, so a heap's pairs may all be
 * added, though some tens of thousands that are spread over the dump do as well. Not
 * thread-safe: fill one for each thread and {@linkplain #addAll add them up}.
 */
public final class LayoutEvidence {

	private static final long LONGEST_ARRAY = 4096;

	private final Map<ClassShape, Gap> instances = new HashMap<>();

	private final Map<Long, Gap> arrays = new HashMap<>();

	private long allGaps;

	private long pairs;

	/** No evidence yet. */
	public LayoutEvidence() {
	}

	/**
	 * Adds an object that has fields. Instances of {@code java.lang.Class} that stand for
	 * a class with static fields must not be added.
	 * @param shape the object's class
	 * @param gapBytes the distance from the object's address to the next higher address
	 * of an object
	 */
	public void addInstance(ClassShape shape, long gapBytes) {
		count(gapBytes);
		if (!shape.name().equals(VmFields.STACK_CHUNK)) {
			this.instances.computeIfAbsent(shape, (key) -> new Gap()).add(gapBytes);
		}
	}

	/**
	 * Adds an array.
	 * @param elementType HPROF basic type of the elements, 2 for references
	 * @param length how many elements the array has
	 * @param gapBytes the distance from the array's address to the next higher address of
	 * an object
	 */
	public void addArray(int elementType, long length, long gapBytes) {
		count(gapBytes);
		if (length <= LONGEST_ARRAY) {
			this.arrays.computeIfAbsent(length << 4 | elementType, (key) -> new Gap()).add(gapBytes);
		}
	}

	/**
	 * Adds what another thread has found.
	 * @param other the evidence to add
	 */
	public void addAll(LayoutEvidence other) {
		this.allGaps |= other.allGaps;
		this.pairs += other.pairs;
		other.instances.forEach((shape, gap) -> this.instances.computeIfAbsent(shape, (key) -> new Gap()).add(gap));
		other.arrays.forEach((array, gap) -> this.arrays.computeIfAbsent(array, (key) -> new Gap()).add(gap));
	}

	private void count(long gapBytes) {
		this.allGaps |= gapBytes;
		this.pairs++;
	}

	/**
	 * Returns the largest power of two that all gaps are multiples of, as far as it can
	 * be the alignment of objects.
	 */
	int alignmentBytes() {
		if (this.pairs < 64) {
			return 8;
		}
		return (int) Math.max(8, Math.min(256, Long.lowestOneBit(this.allGaps)));
	}

	Map<ClassShape, Gap> instances() {
		return this.instances;
	}

	/**
	 * Compares the sizes that a layout gives with the gaps.
	 */
	Fit fit(ObjectLayout layout) {
		Fit fit = new Fit();
		this.instances.forEach((shape, gap) -> fit.add(layout.instanceBytes(shape), gap));
		this.arrays.forEach((array, gap) -> fit.add(layout.arrayBytes((int) (array & 15), array >> 4), gap));
		return fit;
	}

	/**
	 * The gaps behind objects that all have one size.
	 */
	static final class Gap {

		private long smallest = Long.MAX_VALUE;

		private long pairsAtSmallest;

		private long pairs;

		private void add(long gapBytes) {
			add(gapBytes, 1, 1);
		}

		private void add(Gap other) {
			add(other.smallest, other.pairsAtSmallest, other.pairs);
		}

		private void add(long gapBytes, long atSmallest, long count) {
			this.pairs += count;
			if (gapBytes < this.smallest) {
				this.smallest = gapBytes;
				this.pairsAtSmallest = 0;
			}
			if (gapBytes == this.smallest) {
				this.pairsAtSmallest += atSmallest;
			}
		}

		long smallest() {
			return this.smallest;
		}

		boolean isNearlyAlwaysSmallest() {
			return this.pairsAtSmallest >= 5 && this.pairsAtSmallest * 10 >= this.pairs * 9;
		}

	}

	/**
	 * How well a layout agrees with the gaps. Each class and each array length counts
	 * once, whatever the number of its objects.
	 */
	static final class Fit {

		private long exact;

		private long tooLarge;

		private long kinds;

		private long exactPairs;

		private long pairs;

		private void add(long bytes, Gap gap) {
			this.kinds++;
			this.pairs += gap.pairs;
			if (bytes == gap.smallest) {
				this.exact++;
				this.exactPairs += gap.pairsAtSmallest;
			}
			else if (bytes > gap.smallest) {
				this.tooLarge++;
			}
		}

		/** A size that is too large is a contradiction, one too small only no proof. */
		long score() {
			return this.exact - 2 * this.tooLarge;
		}

		boolean isContradiction() {
			return this.kinds >= 100 && this.tooLarge * 4 > this.kinds;
		}

		/**
		 * Whether objects lie side by side, so that a larger gap is part of an object. In
		 * a heap that was not compacted it may well be garbage that each object of the
		 * class was followed by: with ZGC nine pairs in ten are exact, and still some
		 * classes have none.
		 */
		boolean isDense() {
			return this.pairs >= 1000 && this.exactPairs * 100 >= this.pairs * 97;
		}

	}

}
