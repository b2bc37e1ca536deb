package io.leakwatch.core.monitor;

import java.time.Duration;
import java.time.Instant;

import io.leakwatch.core.signal.HeapCollection;
import org.jspecify.annotations.Nullable;

/**
 * The reason to look closer: what collections leave has risen in each of {@value #RISES}
 * intervals on end, by more than noise. That is no verdict, for promoted garbage rises
 * too; it costs a few histograms if it is wrong. Each interval counts with its lowest
 * reading, and a suspicion lasts for {@value #INTERVALS_OF_SUSPICION} intervals. For one
 * thread.
 */
final class Suspicion {

	private static final int RISES = 3;

	private static final int INTERVALS_OF_SUSPICION = 20;

	private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(10);

	private static final long NOISE_BYTES = 256 << 10;

	private static final double NOISE_SHARE = 0.003;

	private final Duration interval;

	private @Nullable Instant intervalEnd;

	private long lowest;

	private long previousLowest;

	private long lowestBeforeRise;

	private int rises;

	private @Nullable Instant risenAt;

	Suspicion(Duration interval) {
		// In less time even a fast leak hardly rises above the noise.
		this.interval = (interval.compareTo(SHORTEST_INTERVAL) < 0) ? SHORTEST_INTERVAL : interval;
	}

	void collected(HeapCollection collection) {
		Instant end = this.intervalEnd;
		// A clock that was set back must not keep an interval open.
		if (end == null || !collection.at().isBefore(end) || collection.at().isBefore(end.minus(this.interval))) {
			if (end != null) {
				endInterval(collection.at());
			}
			this.intervalEnd = collection.at().plus(this.interval);
			this.lowest = collection.usedBytes();
		}
		else {
			this.lowest = Math.min(this.lowest, collection.usedBytes());
		}
	}

	boolean holds(Instant now) {
		Instant risen = this.risenAt;
		return risen != null && now.isBefore(risen.plus(this.interval.multipliedBy(INTERVALS_OF_SUSPICION)));
	}

	private void endInterval(Instant now) {
		if (this.previousLowest == 0 || this.lowest <= this.previousLowest) {
			this.rises = 0;
			this.lowestBeforeRise = this.lowest;
		}
		else {
			this.rises++;
		}
		this.previousLowest = this.lowest;
		long risenBy = this.lowest - this.lowestBeforeRise;
		if (this.rises >= RISES && risenBy > Math.max(NOISE_BYTES, NOISE_SHARE * this.lowestBeforeRise)) {
			this.risenAt = now;
		}
	}

}
