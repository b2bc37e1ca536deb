package io.leakwatch.core.monitor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.core.histogram.ClassHistogram;
import io.leakwatch.core.histogram.Histogram;
import io.leakwatch.core.histogram.PausePredictor;
import io.leakwatch.core.snapshot.Snapshots;
import org.jspecify.annotations.Nullable;

/**
 * The class histograms that nobody asks for: when the next is due, and whether its
 * predicted pause is within the limit and the budget. For one thread.
 */
final class AutomaticHistograms {

	/** How long the application stands still for a gigabyte, until it was measured; */
	private static final Duration PAUSE_PER_GIGABYTE = Duration.ofMillis(700);

	/** ZGC is slower. */
	private static final Duration PAUSE_PER_GIGABYTE_ZGC = Duration.ofMillis(2800);

	/** Without a suspicion there is one only each this many intervals, */
	private static final int CALM_INTERVALS = 20;

	/** but the first ones sooner, so that there is something to compare with. */
	private static final int FIRST_INTERVALS = 4;

	private static final int FIRST_HISTOGRAMS = 8;

	private static final String PROBE = "class-histogram";

	private final MonitorSettings settings;

	private final ClassHistogram histogram;

	private final Snapshots snapshots;

	private final Budget budget;

	private final ProbeRunner runner;

	private final Clock clock;

	private final PausePredictor pausePredictor;

	private @Nullable Instant lastAt;

	private int taken;

	private Duration lastPrediction = Duration.ZERO;

	private Duration lastPause = Duration.ZERO;

	private @Nullable String heldBack;

	AutomaticHistograms(MonitorSettings settings, ClassHistogram histogram, Snapshots snapshots, Budget budget,
			ProbeRunner runner, Clock clock, String collector) {
		this.settings = settings;
		this.histogram = histogram;
		this.snapshots = snapshots;
		this.budget = budget;
		this.runner = runner;
		this.clock = clock;
		this.pausePredictor = new PausePredictor(collector.equals("ZGC") ? PAUSE_PER_GIGABYTE_ZGC : PAUSE_PER_GIGABYTE);
	}

	/**
	 * Whether it is time for one.
	 * @param suspicious whether there is a reason to look closely
	 */
	boolean isDue(boolean suspicious) {
		Instant last = this.lastAt;
		if (last == null) {
			return true;
		}
		Instant now = this.clock.instant();
		int intervals = suspicious ? 1 : (this.taken < FIRST_HISTOGRAMS) ? FIRST_INTERVALS : CALM_INTERVALS;
		// A clock that was set back must not put it off.
		return now.isBefore(last) || !now.isBefore(last.plus(this.settings.interval().multipliedBy(intervals)));
	}

	/**
	 * Takes one, if that can be afforded.
	 * @param usedBytes the heap that is in use
	 * @return the histogram, or {@code null} where it is held back or failed
	 */
	@Nullable Histogram take(long usedBytes) {
		Duration predicted = this.pausePredictor.predict(usedBytes);
		this.heldBack = reasonToHoldBack(predicted);
		if (this.heldBack != null) {
			return null;
		}
		this.lastAt = this.clock.instant();
		this.lastPrediction = predicted;
		List<Histogram> made = new ArrayList<>();
		this.runner.run(PROBE, () -> {
			Histogram histogram = this.histogram.take(false);
			this.pausePredictor.learn(usedBytes, learnt(histogram.pause(), predicted));
			this.lastPause = histogram.pause();
			this.taken++;
			made.add(histogram);
		});
		return made.isEmpty() ? null : made.get(0);
	}

	/**
	 * Offers the last one as a snapshot, which tells the application's listeners.
	 * @param last what was taken
	 */
	void offer(Histogram last) {
		this.snapshots.offer(last, this.lastPrediction);
	}

	/** How long the last one took, zero before the first. */
	Duration lastPause() {
		return this.lastPause;
	}

	/** Why the last one that was wanted was not taken, {@code null} where it was. */
	@Nullable String heldBack() {
		return this.heldBack;
	}

	/**
	 * The first one runs cold code while the application starts: what it takes longer
	 * than expected is hardly the heap's fault, and would forbid all others for long.
	 */
	private Duration learnt(Duration measured, Duration predicted) {
		Duration longer = measured.minus(predicted);
		return (this.taken > 0 || longer.isNegative()) ? measured : predicted.plus(longer.dividedBy(4));
	}

	private @Nullable String reasonToHoldBack(Duration predictedPause) {
		if (this.snapshots.isTaking()) {
			return "a snapshot that was asked for is being taken";
		}
		if (predictedPause.compareTo(this.settings.maxPause()) > 0) {
			this.pausePredictor.doubt();
			return "the application would stand still for about %d ms, and leakwatch.max-pause allows %d ms"
				.formatted(predictedPause.toMillis(), this.settings.maxPause().toMillis());
		}
		if (!this.budget.affords(predictedPause)) {
			return "leakwatch.budget does not yet pay for a pause of about %d ms".formatted(predictedPause.toMillis());
		}
		return this.runner.isOff(PROBE) ? "class histograms are switched off after a failure, which the log tells"
				: null;
	}

}
