package io.leakwatch.heap.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The wish of a person to stop. As a shutdown hook it tells the thread that works, and
 * then waits for it to close what it has open, so that no temporary file is left behind.
 */
final class Interruption extends Thread implements BooleanSupplier {

	private static final int PATIENCE_SECONDS = 15;

	private final Thread worker;

	private final PrintStream err;

	private final CountDownLatch ended = new CountDownLatch(1);

	private volatile boolean wished;

	Interruption(Thread worker, PrintStream err) {
		super("leakwatch-heap-interruption");
		this.worker = worker;
		this.err = err;
	}

	@Override
	public void run() {
		if (this.ended.getCount() == 0) {
			return;
		}
		this.wished = true;
		// Wakes it from a read or a write that does not ask.
		this.worker.interrupt();
		try {
			if (!this.ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				this.err.println("leakwatch-heap: still busy; a temporary file may be left");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Says that everything is closed. */
	void end() {
		this.ended.countDown();
	}

	@Override
	public boolean getAsBoolean() {
		return this.wished;
	}

}
