package io.leakwatch.core.signal;

import java.nio.ByteBuffer;

import javax.management.JMException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JvmSignals} and {@link ClassLoaderCount}.
 */
class JvmSignalsTests {

	private final JvmSignals signals = new JvmSignals();

	@Test
	void heapShouldBeWithinTheJvmsLimits() {
		HeapUsage heap = this.signals.heap();
		assertThat(heap.maxBytes()).isEqualTo(Runtime.getRuntime().maxMemory());
		assertThat(heap.usedBytes()).isBetween(1L << 20, Runtime.getRuntime().maxMemory());
	}

	@Test
	void classesShouldBePlausible() {
		ClassUsage classes = this.signals.classes();
		assertThat(classes.loadedClasses()).isBetween(500, 1_000_000);
		assertThat(classes.metaspaceBytes()).isBetween(1L << 20, 4L << 30);
	}

	@Test
	void directMemoryShouldCountANewBuffer() {
		BufferUsage before = this.signals.directMemory();
		ByteBuffer buffer = ByteBuffer.allocateDirect(8 << 20);
		BufferUsage after = this.signals.directMemory();
		assertThat(after.usedBytes() - before.usedBytes()).isGreaterThanOrEqualTo(buffer.capacity());
		assertThat(after.count()).isGreaterThan(before.count());
		assertThat(after.maxBytes()).isPositive();
		// Keeps the buffer reachable until it has been counted.
		assertThat(buffer.put(0, (byte) 1).get(0)).isEqualTo((byte) 1);
	}

	@Test
	void deadlockedThreadsAndPendingFinalizersShouldBeNoneHere() {
		assertThat(this.signals.deadlockedThreads()).isZero();
		assertThat(this.signals.pendingFinalizers()).isBetween(0, 1_000);
	}

	@Test
	void classLoaderCountShouldCountTheLoadersOfTheJvm() throws JMException {
		assertThat(new ClassLoaderCount().read()).isBetween(2, 10_000);
	}

}
