package io.leakwatch.core.snapshot;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.leakwatch.core.signal.JvmSignals;
import io.leakwatch.core.signal.MemoryRoom;
import io.leakwatch.core.snapshot.DumpAnalyser.AnalysisProgress;
import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.ProfileFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AnalyserProcess}, with real JVMs.
 */
class AnalyserProcessTests {

	private static final Duration LONG = Duration.ofMinutes(5);

	private static final AnalysisProgress NOBODY = (phase, done) -> {
	};

	private static Path dump = Path.of("");

	private final Path folder;

	private final Path result;

	AnalyserProcessTests(@TempDir Path folder) {
		this.folder = folder;
		this.result = folder.resolve("d1.lwp");
	}

	@BeforeAll
	static void writeDump(@TempDir Path original) {
		dump = RealDump.write(original.resolve("d1.hprof"));
	}

	@Test
	void analyseShouldWriteTheProfile() throws Exception {
		List<Double> told = new ArrayList<>();
		List<String> phases = new ArrayList<>();
		Path copy = copy(dump);
		new AnalyserProcess(LONG).analyse(copy, this.result, (phase, done) -> {
			told.add(done);
			phases.add(phase);
		});
		HeapProfile profile = ProfileFile.read(this.result);
		assertThat(profile.classes()).filteredOn((each) -> each.className().equals(RealDump.Mark.class.getName()))
			.extracting(ClassCount::count)
			.containsExactly((long) RealDump.MARKS);
		assertThat(told).isSorted().allMatch((done) -> done >= 0 && done <= 1);
		assertThat(phases).contains("objects").doesNotContain("");
		assertOnly(copy, this.result);
		assertNoChild();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void analyseShouldGiveTheChildTheLeastPriorityAndNothingOfTheEnvironment() throws Exception {
		List<String> seen = new CopyOnWriteArrayList<>();
		new AnalyserProcess(LONG).analyse(copy(dump), this.result, (phase, done) -> {
			if (seen.isEmpty()) {
				Path process = Path.of("/proc", Long.toString(child().pid()));
				for (String file : new String[] { "environ", "oom_score_adj", "stat" }) {
					seen.add(read(process.resolve(file)));
				}
			}
		});
		assertThat(System.getenv()).containsKey("PATH");
		assertThat(seen.get(0).split("\0", -1)).contains("MALLOC_ARENA_MAX=1")
			.noneMatch((variable) -> variable.startsWith("PATH=") || variable.startsWith("JAVA"));
		assertThat(seen.get(1).strip()).isEqualTo("1000");
		// After the name, which may hold anything: the state, and 15 more before the nice
		// value.
		String[] fields = seen.get(2).substring(seen.get(2).lastIndexOf(')') + 2).split(" ", -1);
		assertThat(fields[16]).isEqualTo("19");
	}

	@Test
	void analyseWhenTheChildIsKilledShouldSaySo() throws Exception {
		Path copy = copy(dump);
		assertThatExceptionOfType(DumpAnalysisException.class).isThrownBy(
				() -> new AnalyserProcess(LONG).analyse(copy, this.result, (phase, done) -> child().destroyForcibly()))
			.withMessageContaining("was killed")
			.withMessageContaining("Raise the memory limit");
		assertOnly(copy);
		assertNoChild();
	}

	@Test
	void analyseWhenItTakesTooLongShouldStop() throws Exception {
		Path copy = copy(dump);
		assertThatExceptionOfType(DumpAnalysisException.class)
			.isThrownBy(() -> new AnalyserProcess(Duration.ofMillis(200)).analyse(copy, this.result, NOBODY))
			.withMessageContaining("leakwatch.snapshots.analysis-time-limit");
		assertOnly(copy);
		assertNoChild();
	}

	@Test
	void analyseWhenInterruptedShouldStop() throws Exception {
		Path copy = copy(dump);
		Thread caller = Thread.currentThread();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(
				() -> new AnalyserProcess(LONG).analyse(copy, this.result, (phase, done) -> caller.interrupt()));
		assertThat(Thread.interrupted()).isFalse();
		assertOnly(copy);
		assertNoChild();
	}

	@Test
	void analyseWhenThereIsNoJavaShouldNameTheFile() throws Exception {
		AnalyserProcess analyser = new AnalyserProcess(LONG, this.folder.toString(), new AnalyserClassPath(),
				() -> null);
		Path copy = copy(dump);
		assertThatExceptionOfType(DumpAnalysisException.class)
			.isThrownBy(() -> analyser.analyse(copy, this.result, NOBODY))
			.withMessageContaining(this.folder.resolve("bin").resolve("java").toString())
			.withMessageContaining("leakwatch.snapshots.analysis");
		assertOnly(copy);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void analyseWhenJavaDoesNotRunShouldTellWhatItSaid() throws Exception {
		Path java = Files.createDirectory(this.folder.resolve("bin")).resolve("java");
		Files.writeString(java, "#!/bin/sh\necho 'this is \u001b[31mno java' >&2\nexit 7\n");
		assertThat(java.toFile().setExecutable(true)).isTrue();
		AnalyserProcess analyser = new AnalyserProcess(LONG, this.folder.toString(), new AnalyserClassPath(),
				() -> null);
		assertThatExceptionOfType(DumpAnalysisException.class)
			.isThrownBy(() -> analyser.analyse(copy(dump), this.result, NOBODY))
			.withMessageContaining("code 7")
			.withMessageContaining("this is ?[31mno java");
	}

	@Test
	void analyseWhenTheDumpIsGarbageShouldTellWhatWasExpected() throws Exception {
		Path garbage = Files.writeString(this.folder.resolve("d1.hprof"), "not a dump at all");
		assertThatExceptionOfType(DumpAnalysisException.class)
			.isThrownBy(() -> new AnalyserProcess(LONG).analyse(garbage, this.result, NOBODY))
			.withMessageContaining("expected")
			.withMessageContaining("found");
		assertOnly(garbage);
	}

	@Test
	void analyseWhenTheDumpIsCutOffShouldKeepNothing() throws Exception {
		Path cut = copy(dump);
		try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
			channel.truncate(channel.size() - 100_000);
		}
		assertThatExceptionOfType(DumpAnalysisException.class)
			.isThrownBy(() -> new AnalyserProcess(LONG).analyse(cut, this.result, NOBODY))
			.withMessageContaining("damaged");
		assertOnly(cut);
	}

	@Test
	void analyseWhenThereIsNoMemoryLeftShouldRefuse() throws Exception {
		MemoryRoom room = new MemoryRoom(10 << 20, 512L << 20, 502L << 20);
		AnalyserProcess analyser = new AnalyserProcess(LONG, System.getProperty("java.home"), new AnalyserClassPath(),
				() -> room);
		assertThat(analyser.refusal(1 << 20)).contains("10 MB of the limit of 512 MB");
		assertThatExceptionOfType(DumpAnalysisException.class)
			.isThrownBy(() -> analyser.analyse(copy(dump), this.result, NOBODY))
			.withMessageContaining("10 MB of the limit of 512 MB");
		assertThat(new AnalyserProcess(LONG).refusal(1 << 20)).isNull();
	}

	@Test
	void analyseShouldWorkWithTheLeastMemory() throws Exception {
		int classes = new JvmSignals().classes().loadedClasses();
		MemoryRoom room = new MemoryRoom(AnalyserMemory.least(classes + 500).neededBytes(), null, null);
		new AnalyserProcess(LONG, System.getProperty("java.home"), new AnalyserClassPath(), () -> room)
			.analyse(copy(dump), this.result, NOBODY);
		assertThat(ProfileFile.read(this.result).totalCount()).isGreaterThan(RealDump.MARKS);
	}

	@Test
	void analyseShouldRunFromAJarWithinAJar() throws Exception {
		Path outer = ExecutableJar.write(this.folder.resolve("app.jar"), new AnalyserClassPath().find(this.folder));
		Path work = Files.createDirectory(this.folder.resolve("work"));
		AnalyserClassPath nested = new AnalyserClassPath(
				new URL("jar:file:" + outer.toUri().getRawPath() + "!/" + ExecutableJar.NESTED + "!/"));
		Path copy = Files.copy(dump, work.resolve("d1.hprof"));
		new AnalyserProcess(LONG, System.getProperty("java.home"), nested, () -> null).analyse(copy, this.result,
				NOBODY);
		assertThat(ProfileFile.read(this.result).totalCount()).isGreaterThan(RealDump.MARKS);
		assertThat(work.resolve("leakwatch-heap.jar")).isRegularFile();
	}

	@Test
	void analyserShouldEndWhenTheServiceIsKilled() throws Exception {
		Process service = ServiceProgram.start(copy(dump), this.result);
		try (BufferedReader reader = service.inputReader(StandardCharsets.UTF_8)) {
			String line = reader.readLine();
			assertThat(line).matches("\\d+");
			ProcessHandle analyser = ProcessHandle.of(Long.parseLong(line)).orElseThrow();
			service.destroyForcibly();
			await().atMost(Duration.ofSeconds(60)).until(() -> !analyser.isAlive());
			assertThat(this.result).doesNotExist();
		}
		finally {
			service.destroyForcibly();
		}
	}

	private Path copy(Path file) throws IOException {
		return Files.copy(file, this.folder.resolve("d1.hprof"));
	}

	private void assertOnly(Path... expected) throws IOException {
		try (Stream<Path> files = Files.list(this.folder)) {
			assertThat(files).containsExactlyInAnyOrder(expected);
		}
	}

	private static ProcessHandle child() {
		return ProcessHandle.current().children().findFirst().orElseThrow();
	}

	private static void assertNoChild() {
		assertThat(ProcessHandle.current().children()).isEmpty();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file, StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
