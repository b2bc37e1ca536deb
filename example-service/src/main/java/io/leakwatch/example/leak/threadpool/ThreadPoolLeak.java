package io.leakwatch.example.leak.threadpool;

import java.time.Duration;

import io.leakwatch.example.leak.Leak;
import io.leakwatch.example.leak.LeakDescription;
import io.leakwatch.example.leak.LeakKind;
import io.leakwatch.example.leak.Throttle;
import io.leakwatch.example.leak.threadpool.OrderMailer.MailThread;
import io.leakwatch.example.shop.OrderView;
import jakarta.annotation.PreDestroy;

import org.springframework.stereotype.Component;

/**
 * Starts a thread pool for an order and shuts none down.
 */
@Component
class ThreadPoolLeak implements Leak {

	/**
	 * Where it ends, so that a forgotten example does not bring a machine down.
	 */
	private static final int MOST_THREADS = 2_000;

	private final Throttle throttle = new Throttle(Duration.ofSeconds(1));

	private int mailers;

	@Override
	public LeakDescription describe() {
		return new LeakDescription("thread-pool", LeakKind.THREAD,
				"An order starts a pool of two threads that is never shut down; at most one pool a second, and "
						+ MOST_THREADS + " threads in all.",
				MailThread.class, "thread group 'order-mailer-#-thread-#'");
	}

	@Override
	public synchronized void leak(OrderView order) {
		if (leaked() < MOST_THREADS && this.throttle.tryAcquire()) {
			this.mailers++;
			new OrderMailer(this.mailers).send(order);
		}
	}

	@Override
	public synchronized long leaked() {
		return (long) this.mailers * OrderMailer.THREADS;
	}

	@Override
	public synchronized void release() {
		for (Thread thread : Thread.getAllStackTraces().keySet()) {
			if (thread instanceof MailThread mailThread) {
				mailThread.mailer().close();
			}
		}
		this.mailers = 0;
	}

	/**
	 * Ends the threads with the service, which they would keep from ending.
	 */
	@PreDestroy
	void close() {
		release();
	}

}
