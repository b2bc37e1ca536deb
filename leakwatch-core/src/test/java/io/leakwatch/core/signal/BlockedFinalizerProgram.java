package io.leakwatch.core.signal;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/**
 * Lets a finalizer stand still, and others wait behind it.
 */
public final class BlockedFinalizerProgram {

	private static final CountDownLatch STANDS = new CountDownLatch(1);

	private static final int WAITING = 1_000;

	private BlockedFinalizerProgram() {
	}

	/**
	 * Prints what waits.
	 * @param args none
	 * @throws InterruptedException never
	 */
	public static void main(String[] args) throws InterruptedException {
		FinalizerBacklog before = FinalizerBacklog.read();
		System.out.printf("before: %s %d %s %s%n", before.className(), before.count(), before.finalizing(),
				before.line());
		make(new Blocked());
		System.gc();
		STANDS.await();
		for (int i = 0; i < WAITING; i++) {
			make(new Waiting());
		}
		FinalizerBacklog backlog = FinalizerBacklog.read();
		while (backlog.count() < WAITING / 2) {
			System.gc();
			backlog = FinalizerBacklog.read();
		}
		System.out.println("waiting: " + backlog.className());
		System.out.println("finalizing: " + backlog.finalizing());
		System.out.println("line: " + backlog.line());
	}

	/** What was made is garbage at once. */
	private static void make(Object object) {
		Objects.requireNonNull(object);
	}

	/** Its finalizer never ends. */
	static final class Blocked {

		@Override
		@SuppressWarnings({ "deprecation", "removal", "Finalize", "Finalizer" })
		protected void finalize() throws InterruptedException {
			STANDS.countDown();
			new CountDownLatch(1).await();
		}

	}

	/** Comes after it. */
	static final class Waiting {

		@Override
		@SuppressWarnings({ "deprecation", "removal", "Finalize", "Finalizer" })
		protected void finalize() {
			// Its turn never comes, but the JVM passes empty ones over.
			STANDS.countDown();
		}

	}

}
