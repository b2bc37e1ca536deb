package io.leakwatch.core.census;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a census makes the JVM print nothing, in a JVM of its own.
 */
class SilentCensusTests {

	@Test
	void walkShouldPrintNothing() throws IOException, InterruptedException {
		assertThat(run()).isEqualTo("done");
	}

	@Test
	void walkWhenTheJdkIsOpenShouldReadItsFields() throws IOException, InterruptedException {
		assertThat(run("--add-opens", "java.base/java.util=ALL-UNNAMED"))
			.isEqualTo("done bean 'program' → java.util.Collections$SynchronizedList.list (java.util.ArrayList)");
	}

	private static String run(String... options) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of(options));
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), SilentProgram.class.getName(),
				(options.length == 0) ? "count" : "tell"));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
		return output.strip();
	}

}
