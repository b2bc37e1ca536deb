package io.leakwatch.core.signal;

import java.nio.file.Path;
import java.util.List;

import io.leakwatch.core.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CollectionListener} on each of HotSpot's collectors, in JVMs of their
 * own. A JDK without one of them fails here, and is to be told as not supported.
 */
class CollectorsTests {

	private static final long MEGABYTE = 1 << 20;

	private final Path folder;

	CollectorsTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@ParameterizedTest
	@CsvSource({ "UseSerialGC, Serial", "UseParallelGC, Parallel", "UseG1GC, G1", "UseZGC, ZGC",
			"UseShenandoahGC, Shenandoah" })
	void openShouldTellWhatIsHeldAndNotTheGarbage(String option, String collector) {
		List<String> lines = ChildJvm.run(this.folder, HeldHeapProgram.class, "-XX:+" + option, "-Xms1g", "-Xmx1g");
		assertThat(lines).contains("collector " + collector);
		assertThat(liveBytes(lines)).hasSize(3)
			.allSatisfy((bytes) -> assertThat(bytes).isBetween(HeldHeapProgram.HELD_MEGABYTES * MEGABYTE,
					(HeldHeapProgram.HELD_MEGABYTES + HeldHeapProgram.GARBAGE_MEGABYTES / 3) * MEGABYTE));
	}

	@Test
	void openWhenG1NeverCollectsFullyShouldTellTheFloorsOfMixedCollections() {
		List<String> lines = ChildJvm.run(this.folder, MixedCollectionsProgram.class, "-XX:+UseG1GC", "-Xms64m",
				"-Xmx64m");
		assertThat(lines).contains("G1 Old Generation: 0", "told twice: 0");
		assertThat(liveBytes(lines)).as("floors; it printed %s", lines)
			.hasSizeGreaterThanOrEqualTo(MixedCollectionsProgram.FLOORS)
			.allSatisfy((bytes) -> assertThat(bytes).isBetween(MixedCollectionsProgram.HELD_MEGABYTES / 2 * MEGABYTE,
					48 * MEGABYTE));
	}

	private static List<Long> liveBytes(List<String> lines) {
		return lines.stream()
			.filter((line) -> line.startsWith("live "))
			.map((line) -> Long.valueOf(line.substring("live ".length())))
			.toList();
	}

}
