package io.leakwatch.example.leak;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets one caller through per interval and turns the others away at once. For leaks that
 * would bring the machine down if they leaked with every order.
 */
public final class Throttle {

	private final long intervalNanos;

	private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());

	public Throttle(Duration interval) {
		this.intervalNanos = interval.toNanos();
	}

	/**
	 * Asks to go through.
	 * @return whether this caller may
	 */
	public boolean tryAcquire() {
		long now = System.nanoTime();
		long next = this.nextNanos.get();
		return now - next >= 0 && this.nextNanos.compareAndSet(next, now + this.intervalNanos);
	}

}
