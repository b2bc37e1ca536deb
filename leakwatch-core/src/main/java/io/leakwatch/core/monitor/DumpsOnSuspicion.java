package io.leakwatch.core.monitor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.leakwatch.core.snapshot.SnapshotRefusedException;
import io.leakwatch.core.snapshot.SnapshotRefusedException.Reason;
import io.leakwatch.core.snapshot.Snapshots;
import io.leakwatch.core.suspect.Severity;
import io.leakwatch.core.suspect.SuspectKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has two heap dumps taken when something on the heap has become a probable suspect: one
 * at once and one later, so that the difference is there when somebody looks. Only begins
 * them, on the monitor's thread; a dump runs on its own. Each is subject to the limits of
 * heap dumps, and its predicted pause to that of all that is automatic.
 */
public final class DumpsOnSuspicion implements MonitorListener {

	/** The label of the first dump. */
	public static final String FIRST_LABEL = "suspicion";

	/** The label of the second dump. */
	public static final String SECOND_LABEL = "suspicion-later";

	private static final Logger logger = LoggerFactory.getLogger(DumpsOnSuspicion.class);

	private final Snapshots snapshots;

	private final Duration maxPause;

	private final Duration delay;

	private final Duration interval;

	private final Clock clock;

	/** When the first of the last pair was begun. */
	private @Nullable Instant firstAt;

	private boolean secondIsDue;

	/** Since when the next attempt waits, and for how long. */
	private @Nullable Instant waitsSince;

	private Duration wait = Duration.ZERO;

	private @Nullable Reason lastReason;

	private volatile @Nullable String heldBack;

	/**
	 * Dumps that are not taken yet.
	 * @param snapshots takes them
	 * @param maxPause the longest predicted pause
	 * @param delay the time from the first to the second
	 * @param interval the least time from one pair to the next
	 * @param clock tells the time
	 */
	public DumpsOnSuspicion(Snapshots snapshots, Duration maxPause, Duration delay, Duration interval, Clock clock) {
		if (maxPause.isNegative() || delay.isNegative() || interval.isNegative()) {
			throw new IllegalArgumentException(
					"The longest pause, the delay and the interval of heap dumps on suspicion must not be negative, they are %s, %s and %s"
						.formatted(maxPause, delay, interval));
		}
		this.snapshots = snapshots;
		this.maxPause = maxPause;
		this.delay = delay;
		this.interval = interval;
		this.clock = clock;
	}

	/**
	 * Why the last dump that was wanted was not taken. Safe for any thread.
	 * @return a sentence, {@code null} where nothing kept it
	 */
	public @Nullable String heldBack() {
		return this.heldBack;
	}

	@Override
	public void reported(Report report) {
		Instant now = this.clock.instant();
		if (isOver(this.waitsSince, this.wait, now)) {
			if (this.secondIsDue && !isOver(this.firstAt, this.delay.plus(this.interval), now)) {
				if (take(SECOND_LABEL, now)) {
					this.secondIsDue = false;
					waitFrom(this.firstAt, this.interval);
				}
			}
			else if (isSuspicious(report) && take(FIRST_LABEL, now)) {
				this.firstAt = now;
				this.secondIsDue = true;
				waitFrom(now, this.delay);
			}
		}
	}

	private boolean take(String label, Instant now) {
		try {
			this.snapshots.takeHeapDumpAutomatically(label, this.maxPause);
			this.heldBack = null;
			this.lastReason = null;
			return true;
		}
		catch (SnapshotRefusedException ex) {
			this.heldBack = ex.getMessage();
			Duration retryAfter = ex.retryAfter();
			waitFrom(now, (retryAfter != null) ? retryAfter : this.delay);
			if (ex.reason() != this.lastReason) {
				this.lastReason = ex.reason();
				logger.info("A heap dump is wanted for a suspect, and held back: {}", ex.getMessage());
			}
			return false;
		}
	}

	private void waitFrom(@Nullable Instant since, Duration wait) {
		this.waitsSince = since;
		this.wait = wait;
	}

	private static boolean isSuspicious(Report report) {
		return report.suspects()
			.stream()
			.anyMatch((suspect) -> suspect.finding().kind() == SuspectKind.HEAP
					&& suspect.finding().severity() != Severity.WATCH);
	}

	/** Whether a time is over. A clock that was set back must not put that off. */
	private static boolean isOver(@Nullable Instant since, Duration time, Instant now) {
		return since == null || now.isBefore(since) || !now.isBefore(since.plus(time));
	}

}
