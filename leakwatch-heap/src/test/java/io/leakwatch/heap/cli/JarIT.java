package io.leakwatch.heap.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The tool as users run it: the jar, in a JVM of its own. */
class JarIT {

	private final Path folder;

	JarIT(@TempDir Path folder) {
		this.folder = folder;
	}

	@Test
	void jarShouldRunWithNothingElse() throws Exception {
		Path dump = SyntheticDumps.bus(100).writeTo(this.folder.resolve("heap.hprof"));
		assertThat(run(0, "--version")).contains("leakwatch-heap 0.").contains("Java ");
		assertThat(run(0, "suspects", dump.toString())).contains("static Bus.LISTENERS (ArrayList)");
		assertThat(run(0, "histogram", dump.toString(), "--format", "json")).contains("\"com.acme.Listener\"")
			.doesNotContain("\u001b");
		assertThat(run(1, "summary", "no.hprof")).contains("there is no such file");
		assertThat(run(2, "frobnicate")).contains("--help");
	}

	private String run(int code, String... words) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
						"-Dstdout.encoding=UTF-8", "-jar", System.getProperty("leakwatch.heap.jar")));
		command.addAll(List.of(words));
		Path output = this.folder.resolve("output");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
			String text = Files.readString(output, StandardCharsets.UTF_8);
			assertThat(process.exitValue()).as(text).isEqualTo(code);
			return text;
		}
		finally {
			process.destroyForcibly();
		}
	}

}
