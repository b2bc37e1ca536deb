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

	private final Set<String> switchedOff = new HashSet<>();

	private final Set<MonitorListener> failedListeners = new HashSet<>();

	ProbeRunner(Budget budget, List<MonitorListener> listeners, LongSupplier nanoTime) {
		this.budget = budget;
		this.listeners = List.copyOf(listeners);
		this.nanoTime = nanoTime;
	}

	/** Runs a probe, unless it is switched off, and says how long it took. */
	Duration run(String name, Body body) {
		if (this.switchedOff.contains(name)) {
			return Duration.ZERO;
		}
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
		this.budget.spend(duration);
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
