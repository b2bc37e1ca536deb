package io.leakwatch.core.operation;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.leakwatch.core.signal.AllocatedBytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link LeakWatch} and {@link Operations}.
 */
class LeakWatchTests {

	private static final int BYTES = 100_000;

	private final Recorder recorder = new Recorder();

	@AfterEach
	void remove() {
		Operations.remove(this.recorder);
	}

	@Test
	void measureShouldCountWhatTheThreadAllocates() throws Exception {
		Operations.install(this.recorder);
		byte[] result = LeakWatch.measure("make bytes", () -> new byte[BYTES]);
		assertThat(result).hasSize(BYTES);
		assertThat(this.recorder.operations).containsExactly("make bytes");
		assertThat(this.recorder.bytes).singleElement()
			.satisfies((bytes) -> assertThat(bytes).isBetween((long) BYTES, BYTES + 10_000L));
	}

	@Test
	void measureWhenNestedShouldCountForBoth() {
		Operations.install(this.recorder);
		byte[][] made = new byte[2][];
		LeakWatch.measure("outer", () -> {
			LeakWatch.measure("inner", () -> {
				made[0] = new byte[BYTES];
			});
			made[1] = new byte[BYTES];
		});
		assertThat(this.recorder.operations).containsExactly("inner", "outer");
		assertThat(this.recorder.bytes.get(1) - this.recorder.bytes.get(0)).isGreaterThanOrEqualTo(BYTES);
	}

	@Test
	void measureWhenTheWorkFailsShouldCountAndThrow() {
		Operations.install(this.recorder);
		Callable<Void> failing = () -> {
			throw new java.io.IOException("no");
		};
		assertThatExceptionOfType(java.io.IOException.class).isThrownBy(() -> LeakWatch.measure("fails", failing));
		assertThatIllegalStateException().isThrownBy(() -> LeakWatch.measure("fails too", () -> {
			throw new IllegalStateException("no");
		}));
		assertThat(this.recorder.operations).containsExactly("fails", "fails too");
	}

	@Test
	void measureWhenNobodyTakesItShouldOnlyWork() throws Exception {
		assertThat(LeakWatch.measure("work", () -> 42)).isEqualTo(42);
		Operations.install(this.recorder);
		Operations.remove(new Recorder());
		LeakWatch.measure("work", () -> {
		});
		Operations.remove(this.recorder);
		LeakWatch.measure("work", () -> {
		});
		assertThat(this.recorder.operations).hasSize(1);
	}

	@Test
	void measureWhenInstalledMeanwhileShouldWaitForTheNextCall() {
		LeakWatch.measure("work", () -> Operations.install(this.recorder));
		assertThat(this.recorder.operations).isEmpty();
		assertThat(this.recorder.unmeasured).isEmpty();
	}

	@Test
	void measureWhenTheJvmDoesNotCountShouldTellThatItCannot() throws Exception {
		Operations.install(this.recorder);
		threadWithoutCount(() -> LeakWatch.measure("uncounted", () -> {
		})).join();
		assertThat(this.recorder.operations).isEmpty();
		assertThat(this.recorder.unmeasured).containsExactly("uncounted");
	}

	/** A virtual thread; where there is none, one while counting is switched off. */
	private static Thread threadWithoutCount(Runnable work) throws Exception {
		if (Runtime.version().feature() >= 21) {
			// Not there on JDK 17, for which this is compiled.
			return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
		}
		com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
		Thread thread = new Thread(() -> {
			threads.setThreadAllocatedMemoryEnabled(false);
			try {
				work.run();
			}
			finally {
				threads.setThreadAllocatedMemoryEnabled(true);
			}
		});
		thread.start();
		return thread;
	}

	@Test
	void endShouldAllocateNothing() {
		OperationRecorder nothing = new OperationRecorder() {

			@Override
			public void allocated(String operation, long bytes) {
			}

			@Override
			public void unmeasured(String operation) {
			}

		};
		Operations.install(nothing);
		try {
			measureOften();
			long before = AllocatedBytes.ofCurrentThread();
			measureOften();
			assertThat(AllocatedBytes.ofCurrentThread() - before).isLessThan(10_000);
		}
		finally {
			Operations.remove(nothing);
		}
	}

	private static void measureOften() {
		for (int i = 0; i < 10_000; i++) {
			Operations.end("nothing", Operations.begin());
		}
	}

	/** Keeps what it is told. */
	private static final class Recorder implements OperationRecorder {

		private final List<String> operations = new ArrayList<>();

		private final List<Long> bytes = new ArrayList<>();

		private final List<String> unmeasured = new ArrayList<>();

		@Override
		public void allocated(String operation, long count) {
			this.operations.add(operation);
			this.bytes.add(count);
		}

		@Override
		public void unmeasured(String operation) {
			this.unmeasured.add(operation);
		}

	}

}
