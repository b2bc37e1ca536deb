package io.leakwatch.core.monitor;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs probes: times each, pays it from the budget, tells the listeners, and switches one
 * off that fails. For one thread.
 */
final class ProbeRunner {

	private static final Logger logger = LoggerFactory.getLogger(ProbeRunner.class);

	private final Budget budget;

	private final List<MonitorListener> listeners;

	private final LongSupplier nanoTime;

	private final LongSupplier processorNanos;

	private final Set<String> switchedOff = new HashSet<>();

	private final Set<MonitorListener> failedListeners = new HashSet<>();

	/**
	 * Has run nothing yet.
	 * @param budget pays
	 * @param listeners are told
	 * @param nanoTime the time, as {@link System#nanoTime()}
	 * @param processorNanos the time that the calling thread has had a processor
	 */
	ProbeRunner(Budget budget, List<MonitorListener> listeners, LongSupplier nanoTime, LongSupplier processorNanos) {
		this.budget = budget;
		this.listeners = List.copyOf(listeners);
		this.nanoTime = nanoTime;
		this.processorNanos = processorNanos;
	}

	/**
	 * Runs a probe, unless it is switched off, and says how long it took. Right for what
	 * stops the application, or works in other threads.
	 */
	Duration run(String name, Body body) {
		if (this.switchedOff.contains(name)) {
			return Duration.ZERO;
		}
		Duration duration = time(name, body);
		this.budget.spend(duration);
		return duration;
	}

	/**
	 * Runs a probe that works in this thread alone, unless it is switched off. It costs
	 * what it has had of a processor: waiting for one on a busy machine costs nobody
	 * anything, and would end the watching when it is needed most.
	 * @return the cost
	 */
	Duration runAlone(String name, Body body) {
		if (this.switchedOff.contains(name)) {
			return Duration.ZERO;
		}
		long start = this.processorNanos.getAsLong();
		Duration duration = time(name, body);
		long nanos = Math.min(duration.toNanos(), this.processorNanos.getAsLong() - start);
		Duration cost = Duration.ofNanos(Math.max(0, nanos));
		this.budget.spend(cost);
		return cost;
	}

	private Duration time(String name, Body body) {
		long start = this.nanoTime.getAsLong();
		try {
			body.run();
		}
		catch (InterruptedException ex) {
			// The monitor was stopped meanwhile: not the probe's failure.
			Thread.currentThread().interrupt();
		}
		catch (Exception | LinkageError ex) {
			this.switchedOff.add(name);
			logger.warn("The probe '{}' failed and is switched off; the rest of LeakWatch goes on", name, ex);
		}
		Duration duration = Duration.ofNanos(this.nanoTime.getAsLong() - start);
		tell((listener) -> listener.probed(name, duration));
		return duration;
	}

	/** Tells each listener; a failure is logged once for each. */
	void tell(Consumer<MonitorListener> event) {
		for (MonitorListener listener : this.listeners) {
			try {
				event.accept(listener);
			}
			catch (Exception | LinkageError | AssertionError | StackOverflowError ex) {
				if (this.failedListeners.add(listener)) {
					logger.warn("{} failed; it will be told again, and further failures are not logged", listener, ex);
				}
			}
		}
	}

	boolean isOff(String name) {
		return this.switchedOff.contains(name);
	}

	/** What a probe does. */
	interface Body {

		void run() throws Exception;

	}

}
