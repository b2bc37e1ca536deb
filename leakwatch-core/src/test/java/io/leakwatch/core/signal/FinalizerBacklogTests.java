package io.leakwatch.core.signal;

import java.nio.file.Path;
import java.util.List;

import io.leakwatch.core.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FinalizerBacklog}, in a JVM of its own whose finalizer stands still.
 */
class FinalizerBacklogTests {

	@Test
	void readShouldTellWhatWaitsAndWhereTheFinalizerStands(@TempDir Path folder) {
		List<String> lines = ChildJvm.run(folder, BlockedFinalizerProgram.class);
		assertThat(lines).anyMatch((line) -> line.matches("before: null 0 null null"));
		assertThat(lines)
			.anyMatch((line) -> line.startsWith("waiting: " + BlockedFinalizerProgram.Waiting.class.getName()));
		assertThat(lines)
			.anyMatch((line) -> line.startsWith("finalizing: " + BlockedFinalizerProgram.Blocked.class.getName()));
		assertThat(lines).anyMatch((line) -> line.startsWith("line: " + BlockedFinalizerProgram.Blocked.class.getName()
				+ ".finalize(BlockedFinalizerProgram.java:"));
	}

}
