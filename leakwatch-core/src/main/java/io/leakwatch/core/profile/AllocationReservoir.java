package io.leakwatch.core.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A bounded number of the allocations that were sampled since the start, each with the
 * same chance to be kept (J. Vitter, Random Sampling with a Reservoir, ACM TOMS 11, 1985,
 * algorithm R).
 */
final class AllocationReservoir {

	/** With their stacks, less than a megabyte. */
	private static final int CAPACITY = 3_000;

	private final List<AllocationSample> kept = new ArrayList<>();

	private final SplittableRandom random = new SplittableRandom(1985);

	private long seen;

	void add(AllocationSample sample) {
		this.seen++;
		if (this.kept.size() < CAPACITY) {
			this.kept.add(sample);
			return;
		}
		long slot = this.random.nextLong(this.seen);
		if (slot < CAPACITY) {
			this.kept.set((int) slot, sample);
		}
	}

	List<AllocationSample> kept() {
		return this.kept;
	}

}
