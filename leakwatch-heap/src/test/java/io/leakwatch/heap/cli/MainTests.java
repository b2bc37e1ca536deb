package io.leakwatch.heap.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link Main}: usage, errors and exit codes. */
class MainTests {

	private final Path folder;

	MainTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			""                              | no command was given
			sumary heap                     | there is no command 'sumary'; did you mean 'summary'?
			dominator heap                  | there is no command 'dominator'; did you mean 'dominators'?
			frobnicate heap                 | there is no command 'frobnicate'; see
			summary                         | 'summary' takes one file, not none
			summary a b                     | 'summary' takes one file, not 2
			suspects a b c                  | 'suspects' takes one file or two, not 3
			diff a                          | 'diff' takes two files or more, not 1
			paths heap --clas X             | there is no option '--clas'; did you mean '--class'?
			paths heap --class              | --class needs a value
			threads heap --class X          | --class does not go with 'threads'
			summary heap --format xml       | --format is text or json, not 'xml'
			summary heap --top many         | --top needs a whole number from 0, not 'many'
			summary heap --threads 0        | --threads needs a whole number from 1, not '0'
			summary heap --dump=-1          | --dump needs a whole number from 0, not '-1'
			summary heap --memory 64q       | --memory needs a size such as 64m or 2g, not '64q'
			summary heap --memory 9999999g9 | --memory needs a size
			summary heap --memory 99999999999t | --memory needs a size
			summary heap --no-progress=yes  | --no-progress takes no value
			summary heap --progress dots    | --progress is bar, lines or none, not 'dots'
			summary heap --end-with-input=1 | --end-with-input takes no value
			summary heap --temp /no/such    | --temp: there is no directory
			profile heap                    | 'profile' needs -o FILE
			""")
	void runWhenUsageIsWrongShouldSayWhyOnOneLine(String line, String expected) {
		Tool.Result result = Tool.run((Object[]) (line.isEmpty() ? new String[0] : line.split(" ")));
		assertThat(result.code()).isEqualTo(Main.WRONG_USAGE);
		assertThat(result.err()).startsWith("leakwatch-heap: ").contains(expected).hasLineCount(1).contains("--help");
		assertThat(result.out()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(Command.class)
	void helpShouldTellOfEachCommand(Command command) {
		Tool.Result result = Tool.run(command.words(), "--help");
		assertThat(result.code()).isZero();
		assertThat(result.out()).startsWith("Usage: ").contains("leakwatch-heap.jar " + command.words() + " ");
		assertThat(result.out().lines()).allMatch((line) -> line.length() <= 110);
		for (Option option : Option.values()) {
			assertThat(result.out().contains(option.longName())).as(option.longName()).isEqualTo(command.takes(option));
		}
		assertThat(Tool.run("help").out()).contains("  " + command.words() + " ");
	}

	@Test
	void helpShouldTellExitCodesAndExamples() {
		assertThat(Tool.run("--help").out()).contains("Exit codes:", "130  interrupted", "Examples:", "--memory");
		assertThat(Tool.run("--help")).isEqualTo(Tool.run("-h")).isEqualTo(Tool.run("help"));
	}

	@Test
	void versionShouldBeToldWithoutAFile() {
		assertThat(Tool.run("--version").out()).startsWith("leakwatch-heap ")
			.contains("Java " + System.getProperty("java.version"))
			.hasLineCount(1);
	}

	@Test
	void runWhenFileIsMissingShouldFail() {
		Tool.Result result = Tool.run("summary", this.folder.resolve("no.hprof"));
		assertThat(result.code()).isEqualTo(Main.FAILED);
		assertThat(result.err()).contains("no.hprof: there is no such file").hasLineCount(1);
	}

	@Test
	void runWhenFileIsADirectoryShouldFail() {
		Tool.Result result = Tool.run("histogram", this.folder);
		assertThat(result.code()).isEqualTo(Main.FAILED);
		assertThat(result.err()).contains(" is a directory").hasLineCount(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "histogram", "summary", "suspects" })
	void runWhenFileIsNoDumpShouldSayWhatWasExpected(String command) throws IOException {
		Path garbage = Files.writeString(this.folder.resolve("garbage"), "PK\u0003\u0004 not a dump at all");
		Path empty = Files.createFile(this.folder.resolve("empty"));
		Path header = Files.write(this.folder.resolve("header"), Arrays.copyOf(SyntheticDumps.bus(1).toBytes(), 100));
		for (Path each : new Path[] { garbage, empty, header }) {
			Tool.Result result = Tool.run(command, each);
			assertThat(result.code()).isEqualTo(Main.FAILED);
			assertThat(result.err()).startsWith("leakwatch-heap: " + each + ", byte ")
				.contains("expected ", ", found ")
				.hasLineCount(1);
			assertThat(result.out()).isEmpty();
		}
	}

	@Test
	void runWhenProfileIsDamagedShouldFail() throws IOException {
		Path profile = Files.writeString(this.folder.resolve("damaged.lwp"), "LEAKWP and then nothing of a profile");
		Tool.Result result = Tool.run("suspects", profile);
		assertThat(result.code()).isEqualTo(Main.FAILED);
		assertThat(result.err()).contains("damaged.lwp", "byte ", "expected ", "found ").hasLineCount(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "histogram", "summary", "diff" })
	void runWhenDumpIsCutOffShouldGiveWhatIsThere(String command) throws IOException {
		byte[] whole = SyntheticDumps.bus(50).toBytes();
		Path cut = Files.write(this.folder.resolve("cut.hprof"), Arrays.copyOf(whole, whole.length - 20_000));
		Object[] words = command.equals("diff") ? new Object[] { command, cut, cut } : new Object[] { command, cut };
		Tool.Result result = Tool.run(words);
		assertThat(result.code()).isEqualTo(Main.INCOMPLETE);
		assertThat(result.err()).contains("cut.hprof is incomplete: ");
		assertThat(result.out()).isNotEmpty();
		Tool.Result json = Tool.run(Stream.concat(Arrays.stream(words), Stream.of("--format=json")).toArray());
		assertThat(json.code()).isEqualTo(Main.INCOMPLETE);
		assertThat(json.json().get("incomplete")).isNotEmpty();
	}

	@Test
	void runWhenThereIsNoSuchDumpInTheFileShouldFail() {
		Path file = SyntheticDumps.bus(1).writeTo(this.folder.resolve("one.hprof"));
		for (String command : new String[] { "histogram", "summary" }) {
			Tool.Result result = Tool.run(command, file, "--dump", 3);
			assertThat(result.code()).isEqualTo(Main.FAILED);
			assertThat(result.err()).contains("1 heap dumps", "no number 3").hasLineCount(1);
		}
	}

	@Test
	void runWhenInterruptedShouldSayThatAlone() {
		Path file = SyntheticDumps.bus(1).writeTo(this.folder.resolve("one.hprof"));
		Thread.currentThread().interrupt();
		Tool.Result result;
		try {
			result = Tool.run("summary", file);
		}
		finally {
			Thread.interrupted();
		}
		assertThat(result).isEqualTo(new Tool.Result(Main.INTERRUPTED, "", "leakwatch-heap: interrupted\n"));
	}

	@Test
	void runWhenDebugShouldPrintTheStackTrace() {
		assertThat(Tool.run("summary", "no.hprof", "--debug").err()).contains("\tat ", "no such file");
	}

	@Test
	void runWhenOutputFailsShouldSaySo() {
		Path file = SyntheticDumps.bus(1).writeTo(this.folder.resolve("one.hprof"));
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		PrintStream full = new PrintStream(new OutputStream() {

			@Override
			public void write(int character) throws IOException {
				throw new IOException("No space left on device");
			}

		});
		String[] args = { "histogram", file.toString() };
		assertThat(Main.run(args, full, new PrintStream(err))).isEqualTo(Main.FAILED);
		assertThat(err.toString(StandardCharsets.UTF_8)).contains("could not be written");
	}

	@Test
	void runShouldLeaveNoTemporaryFile() throws IOException {
		Path temporary = Files.createDirectory(this.folder.resolve("temporary"));
		Path file = Files.write(this.folder.resolve("heap.hprof.gz"), SyntheticDumps.bus(100).toGzipBytes(10_000));
		for (String command : new String[] { "histogram", "summary" }) {
			Tool.Result result = Tool.run(command, file, "--memory", "0", "--temp", temporary, "--threads", "1");
			assertThat(result.err()).isEmpty();
			assertThat(result.code()).isZero();
			assertThat(temporary).isEmptyDirectory();
		}
	}

	@Test
	void progressShouldBeToldInLines() {
		Path file = SyntheticDumps.bus(1_000).writeTo(this.folder.resolve("one.hprof"));
		Path profile = this.folder.resolve("one.lwp");
		Tool.Result result = Tool.run("profile", file, "-o", profile, "--progress", "lines");
		assertThat(result.code()).isZero();
		assertThat(result.err().lines()).isNotEmpty().allMatch((line) -> line.matches("progress \\d{1,3} [a-z ]+"));
		assertThat(result.err()).startsWith("progress 8 objects\n");
		assertThat(Tool.run("histogram", file, "--progress=lines").err()).startsWith("progress 0 ");
		assertThat(Tool.run("histogram", file, "--progress=none").err()).isEmpty();
	}

	@Test
	void optionsShouldStandAnywhereAndEndWithTwoDashes() {
		Path file = SyntheticDumps.bus(1).writeTo(this.folder.resolve("-n.hprof"));
		Tool.Result plain = Tool.run("histogram", file, "--top", 3);
		assertThat(plain.code()).isZero();
		assertThat(Tool.run("--top=3", "histogram", "--no-progress", "--", file)).isEqualTo(plain);
		assertThat(Tool.run("histogram", "-n", "3", file)).isEqualTo(plain);
	}

}
