package io.leakwatch.core.snapshot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.leakwatch.core.snapshot.DumpAnalyser.AnalysisProgress;
import io.leakwatch.heap.profile.ProfileFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link InProcessAnalyser}.
 */
class InProcessAnalyserTests {

	private static final AnalysisProgress NOBODY = (phase, done) -> {
	};

	private final DumpAnalyser analyser = new InProcessAnalyser(Duration.ofMinutes(5));

	private final Path folder;

	private final Path dump;

	private final Path result;

	InProcessAnalyserTests(@TempDir Path folder) {
		this.folder = folder;
		this.dump = folder.resolve("d1.hprof");
		this.result = folder.resolve("d1.lwp");
	}

	@BeforeEach
	void writeDump() {
		RealDump.write(this.dump);
	}

	@Test
	void analyseShouldWriteTheProfile() throws Exception {
		List<Double> told = new ArrayList<>();
		this.analyser.analyse(this.dump, this.result, (phase, done) -> told.add(done));
		assertThat(ProfileFile.read(this.result).totalCount()).isGreaterThan(RealDump.MARKS);
		assertThat(told).isSorted().hasSizeGreaterThan(5).allMatch((done) -> done >= 0 && done <= 1);
		assertOnly(this.dump, this.result);
	}

	@Test
	void analyseWhenInterruptedShouldStop() throws Exception {
		Thread caller = Thread.currentThread();
		assertThatExceptionOfType(InterruptedException.class)
			.isThrownBy(() -> this.analyser.analyse(this.dump, this.result, (phase, done) -> caller.interrupt()));
		assertThat(Thread.interrupted()).isFalse();
		assertOnly(this.dump);
	}

	@Test
	void analyseWhenItTakesTooLongShouldStop() throws Exception {
		assertThatExceptionOfType(DumpAnalysisException.class)
			.isThrownBy(() -> new InProcessAnalyser(Duration.ofMillis(1)).analyse(this.dump, this.result, NOBODY))
			.withMessageContaining("leakwatch.snapshots.analysis-time-limit");
		assertOnly(this.dump);
	}

	@Test
	void analyseWhenTheDumpIsGarbageShouldTellWhatWasExpected() throws Exception {
		Files.writeString(this.dump, "not a dump at all");
		assertThatExceptionOfType(DumpAnalysisException.class)
			.isThrownBy(() -> this.analyser.analyse(this.dump, this.result, NOBODY))
			.withMessageContaining("expected");
		assertOnly(this.dump);
	}

	@Test
	void analyseWhenTheDumpIsCutOffShouldKeepNothing() throws Exception {
		try (FileChannel channel = FileChannel.open(this.dump, StandardOpenOption.WRITE)) {
			channel.truncate(channel.size() - 100_000);
		}
		assertThatExceptionOfType(DumpAnalysisException.class)
			.isThrownBy(() -> this.analyser.analyse(this.dump, this.result, NOBODY))
			.withMessageContaining("damaged");
		assertOnly(this.dump);
	}

	@Test
	void refusalShouldTellTheNumbersAndWhatToDo() {
		assertThat(this.analyser.refusal(1)).isNull();
		assertThat(InProcessAnalyser.refusal(10_000, 20 << 20, 256 << 20)).contains("20 MB of 256 MB are free",
				"Raise -Xmx", "leakwatch.snapshots.analysis");
	}

	private void assertOnly(Path... expected) throws IOException {
		try (Stream<Path> files = Files.list(this.folder)) {
			assertThat(files).containsExactlyInAnyOrder(expected);
		}
	}

}
