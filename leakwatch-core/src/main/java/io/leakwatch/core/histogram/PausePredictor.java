package io.leakwatch.core.histogram;

import java.time.Duration;

/**
 * Predicts how long the application will stand still for a walk through the heap, in
 * proportion to the bytes in use. It starts with a rate that is on the safe side and then
 * learns: a slower walk than expected counts at once, faster ones pull the rate down by a
 * quarter of the difference each. The rate is doubted a little whenever it forbids a
 * walk, as one walk on a busy machine must not forbid them for ever. Safe for several
 * threads.
 */
public final class PausePredictor {

	private static final double MEGABYTE = 1 << 20;

	/** Below this, the fixed costs of a probe would be taken for a rate. */
	private static final double LEAST_MEGABYTES = 64;

	private final double firstNanosPerMegabyte;

	private double nanosPerMegabyte;

	/**
	 * A predictor that has learnt nothing yet.
	 * @param perGigabyte the pause to expect for a gigabyte
	 */
	public PausePredictor(Duration perGigabyte) {
		this.firstNanosPerMegabyte = perGigabyte.toNanos() / 1024.0;
		this.nanosPerMegabyte = this.firstNanosPerMegabyte;
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

	/**
	 * Notes that a walk was given up for what this predicts, which brings the prediction
	 * a twentieth nearer to half the first rate, about the fastest that was seen
	 * anywhere.
	 */
	public synchronized void doubt() {
		double fastest = this.firstNanosPerMegabyte / 2;
		if (this.nanosPerMegabyte > fastest) {
			this.nanosPerMegabyte -= (this.nanosPerMegabyte - fastest) / 20;
		}
	}

}
