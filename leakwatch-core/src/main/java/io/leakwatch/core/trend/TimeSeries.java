package io.leakwatch.core.trend;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

/**
 * The newest points of a quantity over time, oldest first. Holds a fixed number of
 * points; a further one drops the oldest. Not safe for several threads.
 */
public final class TimeSeries {

	private final long[] millis;

	private final double[] values;

	private int first;

	private int size;

	/**
	 * An empty series.
	 * @param capacity how many points are kept
	 */
	public TimeSeries(int capacity) {
		this.millis = new long[capacity];
		this.values = new double[capacity];
	}

	/**
	 * Adds the newest point.
	 * @param at its moment, not before that of the point added last
	 * @param value its value
	 */
	public void add(Instant at, double value) {
		int index = (this.first + this.size) % this.values.length;
		this.millis[index] = at.toEpochMilli();
		this.values[index] = value;
		if (this.size < this.values.length) {
			this.size++;
		}
		else {
			this.first = (this.first + 1) % this.values.length;
		}
	}

	/**
	 * How many points there are.
	 * @return a count
	 */
	public int size() {
		return this.size;
	}

	/**
	 * A point's value.
	 * @param index 0 for the oldest point
	 * @return the value
	 */
	public double value(int index) {
		return this.values[(this.first + index) % this.values.length];
	}

	/**
	 * The values of all points.
	 * @return a copy, the oldest first
	 */
	public double[] values() {
		return IntStream.range(0, this.size).mapToDouble(this::value).toArray();
	}

	/**
	 * The newest points.
	 * @param from the first of them, 0 for the oldest point
	 * @return a copy that holds just these
	 */
	TimeSeries tail(int from) {
		TimeSeries tail = new TimeSeries(this.size - from);
		for (int i = from; i < this.size; i++) {
			tail.millis[tail.size] = this.millis[(this.first + i) % this.millis.length];
			tail.values[tail.size++] = value(i);
		}
		return tail;
	}

	/**
	 * A point's moment, in seconds since the oldest point.
	 * @param index 0 for the oldest point
	 * @return seconds
	 */
	public double seconds(int index) {
		return (this.millis[(this.first + index) % this.millis.length] - this.millis[this.first]) / 1000.0;
	}

	/**
	 * The time from the oldest point to the newest.
	 * @return a duration, zero for fewer than two points
	 */
	public Duration span() {
		return (this.size < 2) ? Duration.ZERO : Duration.ofMillis(Math.round(seconds(this.size - 1) * 1000));
	}

	/**
	 * The newest value less the oldest.
	 * @return the difference, zero for fewer than two points
	 */
	public double gain() {
		return (this.size < 2) ? 0 : value(this.size - 1) - value(0);
	}

}
