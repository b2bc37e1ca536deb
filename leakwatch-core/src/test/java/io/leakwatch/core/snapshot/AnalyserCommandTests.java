package io.leakwatch.core.snapshot;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AnalyserCommand}.
 */
class AnalyserCommandTests {

	@Test
	void cleanShouldLeaveNothingThatMayBeSecretOrStartAnAgent() {
		Map<String, String> environment = new HashMap<>(
				Map.of("DB_PASSWORD", "secret", "JAVA_TOOL_OPTIONS", "-javaagent:x.jar", "JDK_JAVA_OPTIONS", "-Xmx9g",
						"_JAVA_OPTIONS", "-Xmx9g", "LD_PRELOAD", "x.so", "LANG", "C.UTF-8", "PATH", "/bin"));
		AnalyserCommand.clean(environment);
		assertThat(environment).containsOnly(Map.entry("LANG", "C.UTF-8"), Map.entry("MALLOC_ARENA_MAX", "1"));
	}

	@Test
	void wordsShouldKeepFilesApartFromOptions() {
		List<String> words = AnalyserCommand.words(Path.of("java"), Path.of("heap.jar"), new AnalyserMemory(100, 50),
				Path.of("-d1.hprof"), Path.of("-d1.lwp"));
		assertThat(words).startsWith("java", "-Xmx100")
			.containsSequence("-cp", "heap.jar", "io.leakwatch.heap.cli.Main", "profile", "--memory", "50")
			.contains("--end-with-input")
			.endsWith("-o", "-d1.lwp", "--", "-d1.hprof");
	}

	@Test
	void javaShouldBeTheOneThatRuns(@TempDir Path folder) throws Exception {
		assertThat(AnalyserCommand.java(System.getProperty("java.home"))).isExecutable();
		assertThatExceptionOfType(DumpAnalysisException.class).isThrownBy(() -> AnalyserCommand.java(folder.toString()))
			.withMessageContaining(folder.resolve("bin").toString())
			.withMessageContaining("leakwatch.snapshots.analysis");
		assertThatExceptionOfType(DumpAnalysisException.class).isThrownBy(() -> AnalyserCommand.java(null))
			.withMessageContaining("no java program");
	}

}
