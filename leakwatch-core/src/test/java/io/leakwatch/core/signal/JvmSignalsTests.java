package io.leakwatch.core.signal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.management.JMException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
		BufferUsage before = this.signals.buffers().direct();
		ByteBuffer buffer = ByteBuffer.allocateDirect(8 << 20);
		BufferUsage after = this.signals.buffers().direct();
		assertThat(after.usedBytes() - before.usedBytes()).isGreaterThanOrEqualTo(buffer.capacity());
		assertThat(after.count()).isGreaterThan(before.count());
		assertThat(after.maxBytes()).isPositive();
		// Keeps the buffer reachable until it has been counted.
		assertThat(buffer.put(0, (byte) 1).get(0)).isEqualTo((byte) 1);
	}

	@Test
	void buffersShouldTellMappedOnesApart(@TempDir Path folder) throws IOException {
		Path file = Files.write(folder.resolve("file"), new byte[4096]);
		try (FileChannel channel = FileChannel.open(file)) {
			Buffers before = this.signals.buffers();
			MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, 4096);
			Buffers after = this.signals.buffers();
			assertThat(after.mapped().count()).isEqualTo(before.mapped().count() + 1);
			assertThat(after.mapped().usedBytes()).isEqualTo(before.mapped().usedBytes() + 4096);
			// Keeps the buffer reachable until it has been counted.
			assertThat(mapped.get(0)).isZero();
		}
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
