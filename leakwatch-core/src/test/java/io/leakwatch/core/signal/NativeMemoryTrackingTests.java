package io.leakwatch.core.signal;

import java.nio.file.Path;
import java.util.List;

import io.leakwatch.core.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link NativeMemoryTracking}.
 */
class NativeMemoryTrackingTests {

	@Test
	void readShouldRiseWithWhatIsTaken(@TempDir Path folder) {
		List<String> lines = ChildJvm.run(folder, DirectMemoryProgram.class, "-XX:NativeMemoryTracking=summary");
		long risen = Long.parseLong(lines.get(lines.size() - 1));
		assertThat(risen).isGreaterThanOrEqualTo(DirectMemoryProgram.BYTES);
	}

	@Test
	void readWhenItIsOffShouldBeEmpty() {
		assertThat(new NativeMemoryTracking().read()).isEmpty();
	}

	@Test
	void parseShouldTellWhatIsCommittedOfEachCategory() {
		assertThat(NativeMemoryTracking.parse("""

				Native Memory Tracking:

				Total: reserved=7848518KB, committed=493206KB
				       malloc: 16126KB #72420

				-                 Java Heap (reserved=6172672KB, committed=397312KB)
				                            (mmap: reserved=6172672KB, committed=397312KB)

				-    Native Memory Tracking (reserved=967KB, committed=967KB)

				-        Shared class space (reserved=16384KB, committed=13908KB, readonly=0KB)
				-                     Other (reserved=34KB, committed=34KB)
				                            (malloc=34KB #2)
				""")).containsExactly(entry("Java Heap", 397_312L << 10), entry("Native Memory Tracking", 967L << 10),
				entry("Other", 34L << 10), entry("Shared class space", 13_908L << 10));
		assertThat(NativeMemoryTracking.parse("Native memory tracking is not enabled")).isEmpty();
	}

}
