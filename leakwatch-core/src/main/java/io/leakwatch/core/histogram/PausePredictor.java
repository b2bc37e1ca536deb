package io.leakwatch.core.histogram;

import java.time.Duration;

/**
 * Predicts how long the application will stand still for a walk through the heap, in
 * proportion to the bytes in use. It starts with a rate that is on the safe side and then
 * learns: a slower probe than expected counts at once, faster ones pull the rate down by
 * a quarter of the difference each. Safe for several threads.
 */
public final class PausePredictor {

	private static final double MEGABYTE = 1 << 20;

	/** Below this, the fixed costs of a probe would be taken for a rate. */
	private static final double LEAST_MEGABYTES = 64;

	private double nanosPerMegabyte;

	/**
	 * A predictor that has learnt nothing yet.
	 * @param perGigabyte the pause to expect for a gigabyte
	 */
	public PausePredictor(Duration perGigabyte) {
		this.nanosPerMegabyte = perGigabyte.toNanos() / 1024.0;
	}

	/**
	 * The pause to expect.
	 * @param heapBytes bytes in use
	 * @return a duration
	 */
	public synchronized Duration predict(long heapBytes) {
		return Duration.ofNanos(Math.round(this.nanosPerMegabyte * heapBytes / MEGABYTE));
	}

	/**
	 * Learns from a pause.
	 * @param heapBytes bytes in use at the time
	 * @param measured how long it took
	 */
	public synchronized void learn(long heapBytes, Duration measured) {
		double observed = measured.toNanos() / Math.max(LEAST_MEGABYTES, heapBytes / MEGABYTE);
		double difference = observed - this.nanosPerMegabyte;
		this.nanosPerMegabyte += (difference > 0) ? difference : difference / 4;
	}

}
