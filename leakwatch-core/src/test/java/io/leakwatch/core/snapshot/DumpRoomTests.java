package io.leakwatch.core.snapshot;

import java.time.Duration;

import io.leakwatch.core.signal.MemoryRoom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DumpRoom}.
 */
class DumpRoomTests {

	private static final long MEGABYTE = 1 << 20;

	private static final HeapDumpSettings LIMITS = new HeapDumpSettings(Duration.ZERO, 1000 * MEGABYTE, 100 * MEGABYTE,
			false);

	@Test
	void lackingShouldAllowForTheMarginAndForWhatIsToBeLeftFree() {
		assertThat(DumpRoom.lacking(LIMITS, 200 * MEGABYTE, 0, 320 * MEGABYTE)).isNull();
		assertThat(DumpRoom.lacking(LIMITS, 200 * MEGABYTE, 0, 319 * MEGABYTE)).contains("about 200 MB", "100 MB free",
				"320 MB are needed", "319 MB free", "leakwatch.snapshots.directory");
	}

	@Test
	void lackingShouldCountTheDumpsThatAreKept() {
		assertThat(DumpRoom.lacking(LIMITS, 400 * MEGABYTE, 600 * MEGABYTE, Long.MAX_VALUE)).isNull();
		assertThat(DumpRoom.lacking(LIMITS, 401 * MEGABYTE, 600 * MEGABYTE, Long.MAX_VALUE)).contains("about 401 MB",
				"have 600 MB", "leakwatch.snapshots.maximum-dump-size", "1000 MB", "delete snapshots");
		assertThat(DumpRoom.lacking(LIMITS, 1001 * MEGABYTE, 0, Long.MAX_VALUE)).contains("1001 MB")
			.doesNotContain("delete");
	}

	@Test
	void lackingMemoryShouldAllowForTheTablesOfTheAnalysis() {
		assertThat(DumpRoom.lackingMemory(200 * MEGABYTE, new MemoryRoom(300 * MEGABYTE, null, null))).isNull();
		assertThat(DumpRoom.lackingMemory(200 * MEGABYTE, null)).isNull();
		assertThat(DumpRoom.lackingMemory(200 * MEGABYTE, new MemoryRoom(299 * MEGABYTE, null, null)))
			.contains("about 200 MB", "need 300 MB", "299 MB are left", "leakwatch.snapshots.directory");
	}

	@ParameterizedTest
	@CsvSource({ "0,0 B", "1023,1023 B", "1024,1.0 KB", "102400,100 KB", "5368709120,5.0 GB",
			"9223372036854775807,8388608 TB" })
	void humanShouldBeShort(long bytes, String text) {
		assertThat(DumpRoom.human(bytes)).isEqualTo(text);
	}

}
