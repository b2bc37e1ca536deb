package io.leakwatch.core.snapshot;

import java.time.Duration;

import io.leakwatch.core.histogram.LearnedRate;
import io.leakwatch.core.histogram.PausePredictor;
import org.jspecify.annotations.Nullable;

/**
 * Predicts the pause of a heap dump and the size of its file, and learns from each. Safe
 * for several threads.
 *
 * <p>
 * A dump takes time for each byte it writes and more for each object it visits, so an
 * object counts as so many bytes besides its own. Where no snapshot tells how many
 * objects there are, they are taken to be small. As the objects are counted in the bytes
 * in use, garbage included, a prediction is rather too high than too low; what is learned
 * is in proportion to what was live.
 */
final class DumpPrediction {

	/**
	 * What an object costs besides its bytes: about 0.3 µs, in which 150 bytes are
	 * written.
	 */
	private static final double BYTES_OF_VISIT = 150;

	private static final double SMALL_OBJECT = 50;

	/**
	 * With small objects, 9 s for a gigabyte of heap: about the slowest that was seen.
	 */
	private static final Duration PAUSE_PER_GIGABYTE = Duration.ofMillis(2250);

	/** A dump writes other heads and no padding, and each class and thread besides. */
	private static final double BYTES_PER_BYTE = 1.3;

	private static final double LEAST_BYTES = 16 << 20;

	private final PausePredictor pause = new PausePredictor(PAUSE_PER_GIGABYTE);

	private final LearnedRate bytes = new LearnedRate(BYTES_PER_BYTE, LEAST_BYTES);

	/**
	 * The pause to expect.
	 * @param heapBytes bytes in use
	 * @param known the last count of the objects, {@code null} where there is none
	 */
	Duration pause(long heapBytes, @Nullable SnapshotTotals known) {
		return this.pause.predict(weight(heapBytes, known));
	}

	/** The size of the file to expect. */
	long bytes(long heapBytes) {
		return Math.round(this.bytes.predict(Math.max(LEAST_BYTES, heapBytes)));
	}

	/**
	 * Learns from a dump.
	 * @param liveBytes bytes in use right after it, when the heap was just collected
	 * @param known as for the prediction
	 * @param pause how long it took
	 * @param dumpBytes the size of the file
	 */
	void learn(long liveBytes, @Nullable SnapshotTotals known, Duration pause, long dumpBytes) {
		this.pause.learn(weight(liveBytes, known), pause);
		this.bytes.learn(liveBytes, dumpBytes);
	}

	private static long weight(long heapBytes, @Nullable SnapshotTotals known) {
		double objectBytes = (known != null && known.totalCount() > 0 && known.totalShallowBytes() > 0)
				? (double) known.totalShallowBytes() / known.totalCount() : SMALL_OBJECT;
		return Math.round(heapBytes * (1 + BYTES_OF_VISIT / objectBytes));
	}

}
