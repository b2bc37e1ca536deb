package io.leakwatch.core.signal;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ProcessorTime}.
 */
class ProcessorTimeTests {

	@Test
	void nanosWhenTheThreadWaitsShouldHardlyRise() {
		long start = ProcessorTime.nanos();
		long end = System.nanoTime() + Duration.ofMillis(500).toNanos();
		while (System.nanoTime() < end) {
			LockSupport.parkNanos(end - System.nanoTime());
		}
		assertThat(Duration.ofNanos(ProcessorTime.nanos() - start)).isLessThan(Duration.ofMillis(250));
	}

	@Test
	void nanosWhenTheThreadWorksShouldRise() {
		long start = ProcessorTime.nanos();
		while (ProcessorTime.nanos() - start < Duration.ofMillis(20).toNanos()) {
			Thread.onSpinWait();
		}
		assertThat(ProcessorTime.nanos()).isGreaterThan(start);
	}

}
