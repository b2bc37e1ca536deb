package io.leakwatch.core.signal;

import org.jspecify.annotations.Nullable;

/**
 * Finds the lower envelope of G1's old generation. G1 reclaims it bit by bit, in mixed
 * collections which it reports under the same name as young ones; in between, promotion
 * lifts it. So the floor is a local minimum: the last reading before the occupancy rises
 * again, after it has fallen from its peak by at least {@value #LEAST_FALL} bytes and
 * {@value #LEAST_FALL_SHARE} of it.
 *
 * <p>
 * What it cannot tell: humongous arrays live in the old generation too, and are reclaimed
 * by young collections. Where an application makes many large ones that die young, their
 * end looks like a small old collection.
 */
final class OldGenerationFloor {

	private static final long LEAST_FALL = 1 << 20;

	private static final double LEAST_FALL_SHARE = 0.03;

	private @Nullable LiveHeap low;

	private long peak;

	/**
	 * Takes the next reading.
	 * @param reading the old generation after a collection of any kind
	 * @return the floor that this reading shows to be one, or {@code null}
	 */
	@Nullable LiveHeap next(LiveHeap reading) {
		LiveHeap lowest = this.low;
		if (lowest == null) {
			restart(reading);
			return null;
		}
		if (reading.bytes() <= lowest.bytes()) {
			this.low = reading;
			return null;
		}
		if (this.peak - lowest.bytes() >= Math.max(LEAST_FALL, LEAST_FALL_SHARE * this.peak)) {
			restart(reading);
			return lowest;
		}
		if (reading.bytes() > this.peak) {
			restart(reading);
		}
		return null;
	}

	/**
	 * Begins anew, as after a full collection: its reading is told already, and nothing
	 * before it counts.
	 * @param reading the old generation after it
	 */
	void restart(LiveHeap reading) {
		this.peak = reading.bytes();
		this.low = reading;
	}

}
