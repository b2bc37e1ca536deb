package io.leakwatch.heap.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.hprof.BasicType;
import org.jspecify.annotations.Nullable;

/** Sums of the containers of each class. Not safe for several threads. */
final class ContainerSums {

	/** Enough for the padding of an array to come to nothing. */
	private static final int SAMPLE_SLOTS = 1_024;

	private final @Nullable Sum[] byClass;

	ContainerSums(int classes) {
		this.byClass = new @Nullable Sum[classes];
	}

	Sum of(int classNumber) {
		Sum known = this.byClass[classNumber];
		if (known == null) {
			known = new Sum();
			this.byClass[classNumber] = known;
		}
		return known;
	}

	void addAll(ContainerSums others) {
		for (int i = 0; i < this.byClass.length; i++) {
			Sum other = others.byClass[i];
			if (other != null) {
				of(i).add(other);
			}
		}
	}

	/** To be called once, when all objects and parts were counted. */
	void settle() {
		for (Sum sum : this.byClass) {
			if (sum != null) {
				sum.settle();
			}
		}
	}

	/** The sums, the most wasted bytes first. */
	List<CollectionUse> uses(HeapGraph graph) {
		long slotBytes = (graph.layout().arrayBytes(BasicType.OBJECT, SAMPLE_SLOTS)
				- graph.layout().arrayBytes(BasicType.OBJECT, 0)) / SAMPLE_SLOTS;
		List<CollectionUse> uses = new ArrayList<>();
		for (HeapClass each : graph.classes().all()) {
			Sum sum = this.byClass[each.index()];
			if (sum != null && sum.count > 0) {
				uses.add(sum.use(each.name(), slotBytes));
			}
		}
		uses.sort(Comparator.comparingLong(CollectionUse::wastedBytes)
			.thenComparingLong(CollectionUse::shallowBytes)
			.reversed()
			.thenComparing(CollectionUse::className));
		return uses;
	}

	/** What is summed up for a class. */
	static final class Sum {

		long count;

		long empty;

		long entries;

		long shallowBytes;

		long emptyBytes;

		/** Slots of all arrays. */
		long capacity;

		/** Slots of arrays with at least one filled slot. */
		long slots;

		/** The slots that the entries need. */
		long neededSlots;

		/** Containers whose entries are counted when all objects were seen. */
		long pending;

		long pendingBytes;

		long pendingWithEntries;

		void entries(long number, ContainerShape shape) {
			this.entries += number;
			this.neededSlots += number * shape.slotsPerEntry();
			this.shallowBytes += number * shape.nodeBytes();
		}

		/** Counts those as empty of which no part with an entry was found. */
		private void settle() {
			long without = Math.max(0, this.pending - this.pendingWithEntries);
			if (without > 0) {
				this.empty += without;
				this.emptyBytes += without * (this.pendingBytes / this.pending);
			}
		}

		CollectionUse use(String className, long slotBytes) {
			double fill = (this.capacity > 0) ? Math.min(1, (double) this.neededSlots / this.capacity) : 1;
			return new CollectionUse(className, this.count, this.empty, this.entries, this.capacity, fill,
					this.shallowBytes, this.emptyBytes + Math.max(0, this.slots - this.neededSlots) * slotBytes);
		}

		private void add(Sum other) {
			this.count += other.count;
			this.empty += other.empty;
			this.entries += other.entries;
			this.shallowBytes += other.shallowBytes;
			this.emptyBytes += other.emptyBytes;
			this.capacity += other.capacity;
			this.slots += other.slots;
			this.neededSlots += other.neededSlots;
			this.pending += other.pending;
			this.pendingBytes += other.pendingBytes;
			this.pendingWithEntries += other.pendingWithEntries;
		}

	}

}
