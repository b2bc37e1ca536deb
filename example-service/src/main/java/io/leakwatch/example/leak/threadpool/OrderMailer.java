package io.leakwatch.example.leak.threadpool;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

import io.leakwatch.example.shop.OrderView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mails that an order has been placed, from a thread pool of its own.
 */
final class OrderMailer implements ThreadFactory {

	static final int THREADS = 2;

	private static final Logger logger = LoggerFactory.getLogger(OrderMailer.class);

	private final ExecutorService pool = Executors.newFixedThreadPool(THREADS, this);

	private final AtomicInteger threads = new AtomicInteger();

	private final int number;

	OrderMailer(int number) {
		this.number = number;
	}

	void send(OrderView order) {
		this.pool.execute(() -> logger.debug("Mail to {}: order {} is placed", order.customer(), order.id()));
		this.pool.execute(() -> logger.debug("Mail to the warehouse: pack order {}", order.id()));
	}

	void close() {
		this.pool.shutdown();
	}

	@Override
	public Thread newThread(Runnable task) {
		return new MailThread(this, task, "order-mailer-" + this.number + "-thread-" + this.threads.incrementAndGet());
	}

	/**
	 * A thread that knows its mailer. Nothing else does, as is usual with this leak: the
	 * threads keep themselves, and through them the pool.
	 */
	static final class MailThread extends Thread {

		private final OrderMailer mailer;

		MailThread(OrderMailer mailer, Runnable task, String name) {
			super(task, name);
			this.mailer = mailer;
		}

		OrderMailer mailer() {
			return this.mailer;
		}

	}

}
