package io.leakwatch.core.histogram;

import java.time.Duration;

/**
 * Predicts how long the application will stand still for a walk through the heap, in
 * proportion to the bytes in use, by a {@link LearnedRate}. The rate is doubted a little
 * whenever it forbids a walk, as one walk on a busy machine must not forbid them for
 * ever. Safe for several threads.
 */
public final class PausePredictor {

	private static final double MEGABYTE = 1 << 20;

	/** Below this, the fixed costs of a probe would be taken for a rate. */
	private static final double LEAST_MEGABYTES = 64;

	private final LearnedRate nanosPerMegabyte;

	/**
	 * A predictor that has learnt nothing yet.
	 * @param perGigabyte the pause to expect for a gigabyte
	 */
	public PausePredictor(Duration perGigabyte) {
		this.nanosPerMegabyte = new LearnedRate(perGigabyte.toNanos() / 1024.0, LEAST_MEGABYTES);
	}

	/**
	 * The pause to expect.
	 * @param heapBytes bytes in use
	 * @return a duration
	 */
	public Duration predict(long heapBytes) {
		return Duration.ofNanos(Math.round(this.nanosPerMegabyte.predict(heapBytes / MEGABYTE)));
	}

	/**
	 * Learns from a pause.
	 * @param heapBytes bytes in use at the time
	 * @param measured how long it took
	 */
	public void learn(long heapBytes, Duration measured) {
		this.nanosPerMegabyte.learn(heapBytes / MEGABYTE, measured.toNanos());
	}

	/**
	 * Notes that a walk was given up for what this predicts, which brings the prediction
	 * a twentieth nearer to half the first rate, about the fastest that was seen
	 * anywhere.
	 */
	public void doubt() {
		this.nanosPerMegabyte.doubt();
	}

}
