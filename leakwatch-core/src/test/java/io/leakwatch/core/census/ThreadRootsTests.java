package io.leakwatch.core.census;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ThreadRoots}.
 */
class ThreadRootsTests {

	private final CountDownLatch ready = new CountDownLatch(3);

	private final CountDownLatch end = new CountDownLatch(1);

	@Test
	void readWhenThreadsHoldContainersShouldTellThemByTheirGroup() throws InterruptedException {
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			Thread thread = new Worker("census-worker-" + i);
			thread.start();
			threads.add(thread);
		}
		this.ready.await();
		try {
			Census census = new Census().pass();
			assertThat(census.entries("thread group 'census-worker-#' → com.acme.Worker.jobs (java.util.ArrayList)"
				.replace("com.acme.Worker", Worker.class.getName()))).isEqualTo(60);
			List<String> locals = census.holders()
				.stream()
				.filter((holder) -> holder.startsWith("thread group 'census-worker-#' → java.lang.Thread.threadLocals"))
				.toList();
			if (RawMemory.available() == null) {
				assertThat(locals).isEmpty();
			}
			else {
				assertThat(locals).containsExactlyInAnyOrder(
						"thread group 'census-worker-#' → java.lang.Thread.threadLocals"
								+ " (java.lang.ThreadLocal$ThreadLocalMap)",
						"thread group 'census-worker-#' → java.lang.Thread.threadLocals[*] (java.util.ArrayList)");
			}
		}
		finally {
			this.end.countDown();
			for (Thread thread : threads) {
				thread.join();
			}
		}
	}

	/** A thread of an application. */
	private final class Worker extends Thread {

		final List<Object> jobs = new ArrayList<>(Collections.nCopies(20, "job"));

		Worker(String name) {
			super(name);
		}

		@Override
		public void run() {
			List<ThreadLocal<Object>> locals = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				ThreadLocal<Object> local = ThreadLocal
					.withInitial(() -> new ArrayList<>(Collections.nCopies(20, "x")));
				local.get();
				locals.add(local);
			}
			ThreadRootsTests.this.ready.countDown();
			try {
				ThreadRootsTests.this.end.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			assertThat(locals).hasSameSizeAs(this.jobs);
		}

	}

}
