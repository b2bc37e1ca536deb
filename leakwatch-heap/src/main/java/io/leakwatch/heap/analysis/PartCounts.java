package io.leakwatch.heap.analysis;

import java.util.concurrent.atomic.AtomicReferenceArray;

import io.leakwatch.heap.memory.LongTable;
import io.leakwatch.heap.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * A number for each object of a {@link DepthFirstTree}, zero at first. Few objects need
 * one, and these are near each other, so there is memory for the stretches that were
 * written alone. Several threads may add, and write at different places.
 */
final class PartCounts {

	private static final int STRETCH = LongTable.CHUNK;

	private final Memory memory;

	private final long size;

	private final AtomicReferenceArray<@Nullable LongTable> stretches;

	PartCounts(Memory memory, long size) {
		this.memory = memory;
		this.size = size;
		this.stretches = new AtomicReferenceArray<>((int) (size / STRETCH) + 1);
	}

	long get(int index) {
		LongTable stretch = this.stretches.get(index / STRETCH);
		return (stretch != null) ? stretch.get(index % STRETCH) : 0;
	}

	void set(int index, long value) {
		stretch(index / STRETCH).set(index % STRETCH, value);
	}

	void add(int index, long amount) {
		stretch(index / STRETCH).addShared(index % STRETCH, amount);
	}

	private LongTable stretch(int number) {
		LongTable stretch = this.stretches.get(number);
		return (stretch != null) ? stretch : added(number);
	}

	private synchronized LongTable added(int number) {
		LongTable stretch = this.stretches.get(number);
		if (stretch == null) {
			stretch = this.memory.longs(STRETCH);
			this.stretches.set(number, stretch);
		}
		return stretch;
	}

	/** The first index from another one on that may have a number, -1 where none has. */
	int next(int from) {
		long index = from;
		while (index < this.size && this.stretches.get((int) (index / STRETCH)) == null) {
			index = (index / STRETCH + 1) * STRETCH;
		}
		return (index < this.size) ? (int) index : -1;
	}

	void free() {
		for (int i = 0; i < this.stretches.length(); i++) {
			LongTable stretch = this.stretches.get(i);
			if (stretch != null) {
				stretch.free();
			}
		}
	}

}
