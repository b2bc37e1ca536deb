package io.leakwatch.heap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

import io.leakwatch.heap.fixture.HeapFixture;
import io.leakwatch.heap.profile.ClassCount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link DumpedJvm} and the population of {@link HeapFixture}.
 */
class DumpedJvmTests {

	private static final String GARBAGE = "io.leakwatch.heap.fixture.Garbage";

	@TempDir
	Path folder;

	@ParameterizedTest
	@MethodSource("io.leakwatch.heap.DumpedJvm#javaHomes")
	void dumpShouldHoldTheFixture(Path javaHome) throws IOException {
		try (DumpedJvm jvm = DumpedJvm.start(javaHome, "-Xmx64m", "-XX:+UseSerialGC")) {
			DumpedJvm.Dump all = jvm.dumpAll(this.folder.resolve("all.hprof"));
			assertThat(all.histogram().get(GARBAGE)).extracting(ClassCount::count).isEqualTo(53L);
			assertThat(header(Files.newInputStream(all.file()))).isEqualTo("JAVA PROFILE 1.0.2");
			DumpedJvm.Dump live = jvm.dumpLive(this.folder.resolve("live.hprof"));
			assertThat(live.histogram()).doesNotContainKey(GARBAGE);
			HeapFixture.LIVE.forEach((name, count) -> assertThat(live.histogram().get(name)).as(name)
				.extracting(ClassCount::count)
				.isEqualTo((long) count));
			assertThat(live.histogram().get("io.leakwatch.heap.fixture.Listener").shallowBytes()).isEqualTo(1600);
			DumpedJvm.Dump compressed = jvm.dumpLiveCompressed(this.folder.resolve("live.hprof.gz"));
			assertThat(header(new GZIPInputStream(Files.newInputStream(compressed.file()))))
				.isEqualTo("JAVA PROFILE 1.0.2");
			assertThat(compressed.histogram()).containsKey("io.leakwatch.heap.fixture.Listener");
		}
	}

	@Test
	void startWhenOptionIsUnknownShouldTellWhatTheJvmSaid() {
		assertThatIllegalStateException()
			.isThrownBy(() -> DumpedJvm.start(DumpedJvm.javaHomes().get(0), "-XX:+NoSuchOption"))
			.withStackTraceContaining("NoSuchOption");
	}

	@Test
	void closeShouldEndTheProcess() {
		DumpedJvm jvm = DumpedJvm.start(DumpedJvm.javaHomes().get(0), "-Xmx64m");
		assertThat(ProcessHandle.of(jvm.pid())).isPresent();
		jvm.close();
		assertThat(ProcessHandle.of(jvm.pid()).filter(ProcessHandle::isAlive)).isEmpty();
	}

	private static String header(InputStream in) throws IOException {
		try (in) {
			return new String(in.readNBytes(18), StandardCharsets.US_ASCII);
		}
	}

}
