package io.leakwatch.core.monitor;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What watching may cost: a token bucket of time. It fills by a share of the wall time,
 * and every probe is paid from it afterwards, by the time that it really took. It may go
 * into debt; nothing dearer than what is left is started then.
 *
 * <p>
 * What costs more than half the bucket at once is a loan, repaid from half of what comes
 * in: so the cheap looks, by which growth is seen, go on meanwhile. Nothing dear is
 * started before it is repaid. Safe for several threads.
 */
final class Budget {

	private final double share;

	private final double capacityNanos;

	private final LongSupplier nanoTime;

	private final long startedAt;

	private double tokenNanos;

	private double loanNanos;

	private long filledAt;

	private long spentNanos;

	/**
	 * A full bucket.
	 * @param share the share of the wall time, from 0 to 1
	 * @param largest the dearest single probe that is to be affordable
	 * @param nanoTime the time, as {@link System#nanoTime()}
	 */
	Budget(double share, Duration largest, LongSupplier nanoTime) {
		this.share = share;
		this.capacityNanos = Math.max((double) largest.toNanos(), share * Duration.ofMinutes(1).toNanos());
		this.nanoTime = nanoTime;
		this.tokenNanos = this.capacityNanos;
		this.startedAt = nanoTime.getAsLong();
		this.filledAt = this.startedAt;
	}

	/** Whether something of this cost may be started now. */
	synchronized boolean affords(Duration cost) {
		fill();
		return this.tokenNanos >= cost.toNanos() && (this.loanNanos <= 0 || cost.isZero());
	}

	/**
	 * Whether something may be started now that may cost more than the bucket holds, and
	 * is put off until that is full.
	 */
	synchronized boolean affordsLoan(Duration cost) {
		return affords(Duration.ofNanos((long) Math.min(cost.toNanos(), this.capacityNanos)));
	}

	/**
	 * Whether something may be started now that comes again and again, and is to leave
	 * half the bucket for what comes seldom and is dearer: it would never be full
	 * otherwise.
	 */
	synchronized boolean affordsBesides(Duration cost) {
		double half = this.capacityNanos / 2;
		return affords(Duration.ofNanos((long) (half + Math.min(cost.toNanos(), half))));
	}

	synchronized void spend(Duration cost) {
		fill();
		if (cost.toNanos() > this.capacityNanos / 2) {
			double paid = Math.max(0, Math.min(this.tokenNanos, cost.toNanos()));
			this.tokenNanos -= paid;
			this.loanNanos += cost.toNanos() - paid;
		}
		else {
			this.tokenNanos -= cost.toNanos();
		}
		this.spentNanos += cost.toNanos();
	}

	double share() {
		return this.share;
	}

	/** The share of the wall time since the start that was spent. */
	synchronized double spentShare() {
		return (double) this.spentNanos / Math.max(1, this.nanoTime.getAsLong() - this.startedAt);
	}

	private void fill() {
		long now = this.nanoTime.getAsLong();
		double income = (double) (now - this.filledAt) * this.share;
		double repaid = Math.min(this.loanNanos, income / 2);
		this.loanNanos -= repaid;
		this.tokenNanos = Math.min(this.capacityNanos, this.tokenNanos + income - repaid);
		this.filledAt = now;
	}

}
