package io.leakwatch.example.leak.threadlocal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import io.leakwatch.example.leak.Leak;
import io.leakwatch.example.leak.LeakDescription;
import io.leakwatch.example.leak.LeakKind;
import io.leakwatch.example.shop.OrderView;
import jakarta.annotation.PreDestroy;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Prints receipts on the threads of a pool and keeps them in a thread local that lives as
 * long as those threads.
 */
@Component
class ThreadLocalLeak implements Leak {

	private static final int THREADS = 2;

	private static final ThreadLocal<List<Receipt>> PRINTED = ThreadLocal.withInitial(ArrayList::new);

	private final AtomicLong leaked = new AtomicLong();

	private ExecutorService printers = startPrinters();

	@Override
	public LeakDescription describe() {
		return new LeakDescription("thread-local", LeakKind.HEAP,
				"Each order adds a receipt, about 1 KB, to a thread local in one of the two threads of a pool; it is never removed.",
				Receipt.class, LeakDescription.holder("thread group 'receipt-printer-#'", ThreadLocalLeak.class,
						"PRINTED", ArrayList.class));
	}

	@Override
	public synchronized void leak(OrderView order) {
		this.printers.execute(() -> {
			PRINTED.get().add(new Receipt(order.id(), ("receipt: " + order + "\n").repeat(8)));
			this.leaked.incrementAndGet();
		});
	}

	@Override
	public long leaked() {
		return this.leaked.get();
	}

	/**
	 * Replaces the threads: a thread local dies with its thread.
	 */
	@Override
	public synchronized void release() {
		this.printers.shutdownNow();
		this.printers = startPrinters();
		this.leaked.set(0);
	}

	@PreDestroy
	synchronized void close() {
		this.printers.shutdownNow();
	}

	private static ExecutorService startPrinters() {
		return Executors.newFixedThreadPool(THREADS, new CustomizableThreadFactory("receipt-printer-"));
	}

}
