package io.leakwatch.core.signal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CgroupMemoryLimit}.
 */
class CgroupMemoryLimitTests {

	private static final String V1_LINES = "12:pids:/user.slice\n5:cpu,cpuacct:/docker/abc\n4:memory:/docker/abc\n0::/x\n";

	private static final String V1_NO_LIMIT = "9223372036854771712\n";

	private final Path folder;

	private final FakeRoot root;

	private final CgroupMemoryLimit limit;

	CgroupMemoryLimitTests(@TempDir Path folder) {
		this.folder = folder;
		this.root = new FakeRoot(folder);
		this.limit = new CgroupMemoryLimit(folder);
	}

	@Test
	void readWhenVersion2ShouldReadTheOwnGroup() {
		this.root.file("proc/self/cgroup", "0::/app.slice\n").file("sys/fs/cgroup/app.slice/memory.max", "536870912\n");
		assertThat(this.limit.read()).isEqualTo(536_870_912L);
	}

	@Test
	void readWhenVersion2InAContainerShouldReadTheMountsRoot() {
		this.root.file("proc/self/cgroup", "0::/\n").file("sys/fs/cgroup/memory.max", "268435456\n");
		assertThat(this.limit.read()).isEqualTo(268_435_456L);
	}

	@Test
	void readWhenNestedShouldTakeTheSmallestOnTheWayUp() {
		this.root.file("proc/self/cgroup", "0::/pods/pod-1/container-2\n")
			.file("sys/fs/cgroup/memory.max", "8000000000\n")
			.file("sys/fs/cgroup/pods/memory.max", "max\n")
			.file("sys/fs/cgroup/pods/pod-1/memory.max", "300000000\n")
			.file("sys/fs/cgroup/pods/pod-1/container-2/memory.max", "500000000\n")
			.file("sys/fs/cgroup/pods/pod-1/container-3/memory.max", "100\n");
		assertThat(this.limit.read()).isEqualTo(300_000_000L);
	}

	@Test
	void readWhenThePathIsOneOfTheHostShouldReadTheMountsRoot() {
		this.root.file("proc/self/cgroup", "0::/system.slice/docker-0123.scope\n")
			.file("sys/fs/cgroup/memory.max", "268435456\n");
		assertThat(this.limit.read()).isEqualTo(268_435_456L);
	}

	@Test
	void readWhenVersion1ShouldReadTheMemoryController() {
		this.root.file("proc/self/cgroup", V1_LINES)
			.file("sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes", "134217728\n")
			.file("sys/fs/cgroup/memory/memory.limit_in_bytes", V1_NO_LIMIT)
			.file("sys/fs/cgroup/x/memory.max", "1\n");
		assertThat(this.limit.read()).isEqualTo(134_217_728L);
	}

	@Test
	void readWhenVersion1InAContainerShouldReadTheMountsRoot() {
		this.root.file("proc/self/cgroup", V1_LINES).file("sys/fs/cgroup/memory/memory.limit_in_bytes", "134217728\n");
		assertThat(this.limit.read()).isEqualTo(134_217_728L);
	}

	@Test
	void readWhenVersion1HasNoLimitShouldBeNull() {
		this.root.file("proc/self/cgroup", V1_LINES)
			.file("sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes", V1_NO_LIMIT)
			.file("sys/fs/cgroup/memory/memory.limit_in_bytes", V1_NO_LIMIT);
		assertThat(this.limit.read()).isNull();
	}

	@Test
	void readWhenControllersAreJoinedShouldFindMemoryAmongThem() {
		this.root.file("proc/self/cgroup", "3:cpu,memory,pids:/a:b\n")
			.file("sys/fs/cgroup/memory/a:b/memory.limit_in_bytes", "1000\n");
		assertThat(this.limit.read()).isEqualTo(1000L);
	}

	@ParameterizedTest
	@ValueSource(strings = { "max\n", "", "0\n", "-1\n", "12 34\n", "0x100\n", "99999999999999999999999\n", "\0\0\0" })
	void readWhenTheLimitIsNoNumberOfBytesShouldBeNull(String content) {
		this.root.file("proc/self/cgroup", "0::/a\n")
			.file("sys/fs/cgroup/a/memory.max", content)
			.file("sys/fs/cgroup/memory.max", content);
		assertThat(this.limit.read()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n\n", "garbage", ":::", "0::", "0::/../../../etc", "1:name=systemd:/",
			"0::/nul\0nul", "4:memory:\0" })
	void readWhenTheGroupsAreGarbageShouldBeNull(String content) {
		this.root.file("proc/self/cgroup", content).file("etc/memory.max", "666\n");
		assertThat(this.limit.read()).isNull();
	}

	@Test
	void readWhenTheGroupsAreNotTextShouldBeNull() throws IOException {
		this.root.file("proc/self/cgroup", "");
		Files.write(this.folder.resolve("proc/self/cgroup"), new byte[] { (byte) 0xff, (byte) 0xfe, 0, 10 });
		assertThat(this.limit.read()).isNull();
	}

	@Test
	void readWhenThereAreNoFilesShouldBeNull() {
		assertThat(this.limit.read()).isNull();
	}

	@Test
	void readWhenTheLimitChangesShouldTellTheNewOne() {
		this.root.file("proc/self/cgroup", "0::/\n").file("sys/fs/cgroup/memory.max", "1000\n");
		assertThat(this.limit.read()).isEqualTo(1000L);
		this.root.file("sys/fs/cgroup/memory.max", "2000\n");
		assertThat(this.limit.read()).isEqualTo(2000L);
	}

}
