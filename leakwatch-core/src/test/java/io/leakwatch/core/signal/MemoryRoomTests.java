package io.leakwatch.core.signal;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MemoryRoom}.
 */
class MemoryRoomTests {

	private static final long MEGABYTE = 1 << 20;

	private final FakeRoot root;

	MemoryRoomTests(@TempDir Path folder) {
		this.root = new FakeRoot(folder);
	}

	@Test
	void readWhenVersion2ShouldNotCountWhatTheKernelCanDrop() {
		this.root.file("proc/self/cgroup", "0::/\n")
			.file("sys/fs/cgroup/memory.max", text(512))
			.file("sys/fs/cgroup/memory.current", text(500))
			.file("sys/fs/cgroup/memory.stat", stat("", 100, 82));
		assertThat(read()).isEqualTo(new MemoryRoom(162 * MEGABYTE, 512 * MEGABYTE, 350 * MEGABYTE));
	}

	@Test
	void readWhenVersion1ShouldReadTheMemoryController() {
		this.root.file("proc/self/cgroup", "4:memory:/docker/abc\n0::/x\n")
			.file("sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes", text(512))
			.file("sys/fs/cgroup/memory/docker/abc/memory.usage_in_bytes", text(300))
			.file("sys/fs/cgroup/memory/docker/abc/memory.stat", stat("total_", 40, 0));
		assertThat(read()).isEqualTo(new MemoryRoom(252 * MEGABYTE, 512 * MEGABYTE, 260 * MEGABYTE));
	}

	@Test
	void readShouldLeaveWhatFilesWereUsedOfLate() {
		this.root.file("proc/self/cgroup", "0::/\n")
			.file("sys/fs/cgroup/memory.max", text(512))
			.file("sys/fs/cgroup/memory.current", text(300))
			.file("sys/fs/cgroup/memory.stat", stat("", 0, 20));
		assertThat(read()).extracting("usedBytes").isEqualTo(300 * MEGABYTE);
	}

	@Test
	void readWhenGroupsAreNestedShouldTakeTheOneWithTheLeastLeft() {
		this.root.file("proc/self/cgroup", "0::/pod/service\n")
			.file("sys/fs/cgroup/pod/memory.max", text(1000))
			.file("sys/fs/cgroup/pod/memory.current", text(990))
			.file("sys/fs/cgroup/pod/service/memory.max", text(500))
			.file("sys/fs/cgroup/pod/service/memory.current", text(300));
		assertThat(read()).isEqualTo(new MemoryRoom(10 * MEGABYTE, 1000 * MEGABYTE, 990 * MEGABYTE));
	}

	@Test
	void readWhenTheGroupIsSlowedDownBeforeItsLimitShouldTakeThat() {
		this.root.file("proc/self/cgroup", "0::/\n")
			.file("sys/fs/cgroup/memory.max", text(512))
			.file("sys/fs/cgroup/memory.high", text(400))
			.file("sys/fs/cgroup/memory.current", text(300));
		assertThat(read()).isEqualTo(new MemoryRoom(100 * MEGABYTE, 400 * MEGABYTE, 300 * MEGABYTE));
	}

	@Test
	void readWhenTheLimitIsOverdrawnShouldBeNothing() {
		this.root.file("proc/self/cgroup", "0::/\n")
			.file("sys/fs/cgroup/memory.max", text(100))
			.file("sys/fs/cgroup/memory.current", text(120));
		assertThat(read()).extracting("bytes").isEqualTo(0L);
	}

	@Test
	void readWhenTheMachineHasLessLeftShouldTellThat() {
		this.root.file("proc/meminfo", "MemTotal:       24684012 kB\nMemAvailable:   2048 kB\n")
			.file("proc/self/cgroup", "0::/\n")
			.file("sys/fs/cgroup/memory.max", text(512))
			.file("sys/fs/cgroup/memory.current", text(100));
		assertThat(read()).isEqualTo(new MemoryRoom(2 * MEGABYTE, null, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "max\n", "", "garbage", "-1\n" })
	void readWhenThereIsNoLimitShouldTellTheMachine(String limit) {
		this.root.file("proc/meminfo", "MemAvailable:   1024 kB\n")
			.file("proc/self/cgroup", "0::/\n")
			.file("sys/fs/cgroup/memory.max", limit)
			.file("sys/fs/cgroup/memory.current", text(100));
		assertThat(read()).isEqualTo(new MemoryRoom(MEGABYTE, null, null));
	}

	@Test
	void readWhenNothingIsToldShouldBeNull() {
		assertThat(read()).isNull();
		this.root.file("proc/self/cgroup", "0::/\n").file("sys/fs/cgroup/memory.max", text(512));
		assertThat(read()).isNull();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void readShouldWorkOnThisMachine() {
		assertThat(MemoryRoom.read()).extracting("bytes").isNotEqualTo(0L);
	}

	private @Nullable MemoryRoom read() {
		return MemoryRoom.read(this.root.path());
	}

	private static String text(long megabytes) {
		return megabytes * MEGABYTE + "\n";
	}

	private static String stat(String prefix, long inactive, long active) {
		return "anon 12345\nfile 1\n" + prefix + "inactive_anon 777\n" + prefix + "inactive_file " + inactive * MEGABYTE
				+ "\n" + prefix + "active_file " + active * MEGABYTE + "\n";
	}

}
