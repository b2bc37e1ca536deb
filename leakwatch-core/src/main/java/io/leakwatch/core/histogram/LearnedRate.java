package io.leakwatch.core.histogram;

/**
 * A rate in proportion to the heap (nanoseconds for each megabyte, bytes for each byte)
 * that starts with a guess on the safe side and then learns: a higher one than expected
 * counts at once, lower ones pull it down by a quarter of the difference each. Safe for
 * several threads.
 */
public final class LearnedRate {

	private final double first;

	private final double leastAmount;

	private double rate;

	/**
	 * A rate that has learnt nothing yet.
	 * @param first the rate to expect
	 * @param leastAmount the amount of heap below which fixed costs would be taken for a
	 * rate
	 */
	public LearnedRate(double first, double leastAmount) {
		this.first = first;
		this.leastAmount = leastAmount;
		this.rate = first;
	}

	/**
	 * What to expect.
	 * @param amount the amount of heap
	 * @return the rate for that amount
	 */
	public synchronized double predict(double amount) {
		return this.rate * amount;
	}

	/**
	 * Learns from what was measured.
	 * @param amount the amount of heap at the time
	 * @param measured what was measured
	 */
	public synchronized void learn(double amount, double measured) {
		double difference = measured / Math.max(this.leastAmount, amount) - this.rate;
		this.rate += (difference > 0) ? difference : difference / 4;
	}

	/**
	 * Brings the rate a twentieth nearer to half the first one, unless it is lower.
	 */
	synchronized void doubt() {
		double lowest = this.first / 2;
		if (this.rate > lowest) {
			this.rate -= (this.rate - lowest) / 20;
		}
	}

}
