package io.leakwatch.example.load;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Sends requests to the service's own port at a given rate, from a few threads that each
 * wait for their answer. When the service cannot keep up the rate is missed; nothing
 * queues.
 */
@Component
class LoadGenerator {

	static final String THREAD_NAME_PREFIX = "load-";

	private static final Logger logger = LoggerFactory.getLogger(LoadGenerator.class);

	private static final int THREADS = 4;

	private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final Environment environment;

	private final AtomicLong requests = new AtomicLong();

	private final AtomicLong failures = new AtomicLong();

	private @Nullable ExecutorService threads;

	private int rate;

	LoadGenerator(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Starts, or goes on at another rate.
	 * @param rate requests per second
	 * @return the status after that
	 */
	synchronized LoadStatus start(int rate) {
		stop();
		int port = this.environment.getRequiredProperty("local.server.port", Integer.class);
		ExecutorService started = Executors.newFixedThreadPool(THREADS,
				new CustomizableThreadFactory(THREAD_NAME_PREFIX));
		long gapNanos = SECOND_NANOS / rate;
		long now = System.nanoTime();
		for (int i = 0; i < THREADS; i++) {
			long firstNanos = now + i * gapNanos;
			started.execute(() -> send(started, new Customer(port), firstNanos, THREADS * gapNanos));
		}
		this.threads = started;
		this.rate = rate;
		return status();
	}

	/**
	 * Stops and waits for the requests that are under way.
	 * @return the status after that
	 */
	synchronized LoadStatus stop() {
		ExecutorService stopped = this.threads;
		this.threads = null;
		this.rate = 0;
		if (stopped != null) {
			stopped.shutdownNow();
			try {
				if (!stopped.awaitTermination(10, TimeUnit.SECONDS)) {
					logger.warn("A request of the load generator is still under way");
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		return status();
	}

	synchronized LoadStatus status() {
		return new LoadStatus(this.rate, this.requests.get(), this.failures.get());
	}

	/**
	 * Stops when the service shuts down, while its port is still open.
	 */
	@EventListener(ContextClosedEvent.class)
	void stopWithTheService() {
		stop();
	}

	private void send(ExecutorService owner, Customer customer, long firstNanos, long gapNanos) {
		long dueNanos = firstNanos;
		while (!owner.isShutdown()) {
			long waitNanos = dueNanos - System.nanoTime();
			if (waitNanos > 0) {
				LockSupport.parkNanos(waitNanos);
				// It may wake up early, or to be told that it is over.
				continue;
			}
			sendOne(customer);
			// What was missed for more than a second is not made up for.
			dueNanos = Math.max(dueNanos + gapNanos, System.nanoTime() - SECOND_NANOS);
		}
	}

	private void sendOne(Customer customer) {
		this.requests.incrementAndGet();
		try {
			customer.next();
		}
		catch (RuntimeException ex) {
			this.failures.incrementAndGet();
			logger.debug("A request failed", ex);
		}
	}

}
