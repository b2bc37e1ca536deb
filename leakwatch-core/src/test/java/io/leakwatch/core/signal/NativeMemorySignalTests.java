package io.leakwatch.core.signal;

import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NativeMemorySignal}.
 */
class NativeMemorySignalTests {

	private static final BufferUsage NO_BUFFERS = new BufferUsage(0, 0, null);

	private final NativeMemorySignal signal = new NativeMemorySignal();

	@Test
	void readWhenTheSystemDoesNotTellShouldBeNull() {
		assertThat(this.signal.read(new ProcessUsage(1L << 30, null, null, null), NO_BUFFERS, 10)).isNull();
	}

	@Test
	void readShouldKeepThePeaksOfThreadsAndBuffers() {
		ProcessUsage process = new ProcessUsage(null, 8L << 30, null, null);
		NativeMemory high = read(process, new BufferUsage(1, 1L << 30, null), 1_000);
		NativeMemory low = read(process, NO_BUFFERS, 10);
		assertThat(low.accountedBytes()).isGreaterThanOrEqualTo(high.accountedBytes());
		assertThat(low.accountedBytes()).isGreaterThan((1L << 30) + (1_000L * (256 << 10)));
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void readOnThisMachineShouldTellLessThanIsResident() {
		ProcessUsage process = new ProcessSignals().read();
		NativeMemory memory = read(process, NO_BUFFERS, 10);
		assertThat(memory.unaccountedBytes()).isLessThan(process.rssBytes());
	}

	private NativeMemory read(ProcessUsage process, BufferUsage direct, int threads) {
		return Objects.requireNonNull(this.signal.read(process, direct, threads));
	}

}
