package io.leakwatch.core.profile;

import java.time.Duration;
import java.util.List;

/**
 * What a recording had.
 *
 * @param oldSamples the sampled objects that are still there
 * @param allocations the allocations that were sampled since the reading before
 * @param emitting how long the JVM took to find the old objects; with their chains, the
 * application stood still for so long
 */
record Reading(List<OldSample> oldSamples, List<AllocationSample> allocations, Duration emitting) {

	/**
	 * The old objects with a chain, all where none has one: where the JVM has looked for
	 * chains, what is without is garbage that was not collected yet.
	 */
	List<OldSample> survivors() {
		List<OldSample> reached = this.oldSamples.stream().filter((sample) -> sample.chain() != null).toList();
		return reached.isEmpty() ? this.oldSamples : reached;
	}

}
