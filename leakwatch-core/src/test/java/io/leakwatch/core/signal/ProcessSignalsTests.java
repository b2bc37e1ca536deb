package io.leakwatch.core.signal;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProcessSignals}.
 */
class ProcessSignalsTests {

	private final Path folder;

	ProcessSignalsTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@Test
	void readShouldTellResidentMemoryAndLimit() {
		new FakeRoot(this.folder)
			.file("proc/self/status", "Name:\tjava\nVmHWM:\t  999 kB\nVmRSS:\t  123456 kB\nThreads:\t30\n")
			.file("proc/self/cgroup", "0::/\n")
			.file("sys/fs/cgroup/memory.max", "1000000\n");
		ProcessUsage usage = new ProcessSignals(this.folder).read();
		assertThat(usage.rssBytes()).isEqualTo(123_456L * 1024);
		assertThat(usage.limitBytes()).isEqualTo(1_000_000L);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "VmRSS:", "VmRSS: many kB", "VmRSS:\t12 34 kB", "VmRSS:\t99999999999999999999 kB",
			"Name: java" })
	void readWhenResidentMemoryIsGarbageShouldBeNull(String status) {
		new FakeRoot(this.folder).file("proc/self/status", status);
		assertThat(new ProcessSignals(this.folder).read().rssBytes()).isNull();
	}

	@Test
	void readWhenThereAreNoFilesShouldTellNeither() {
		ProcessUsage usage = new ProcessSignals(this.folder).read();
		assertThat(usage.rssBytes()).isNull();
		assertThat(usage.limitBytes()).isNull();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void readOnThisMachineShouldTellPlausibleNumbers() {
		ProcessUsage usage = new ProcessSignals().read();
		assertThat(usage.rssBytes()).isBetween(10L << 20, 1L << 40);
		assertThat(usage.openFiles()).isBetween(3L, 1_000_000L);
	}

}
