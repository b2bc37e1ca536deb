package io.leakwatch.core.snapshot;

import io.leakwatch.core.signal.MemoryRoom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AnalyserMemory}.
 */
class AnalyserMemoryTests {

	private static final long MEGABYTE = 1 << 20;

	private static final int CLASSES = 20_000;

	@Test
	void refusalWhenThereIsRoomForTheLeastShouldBeNull() {
		long needed = AnalyserMemory.least(CLASSES).neededBytes();
		assertThat(AnalyserMemory.refusal(CLASSES, new MemoryRoom(needed, null, null))).isNull();
		assertThat(AnalyserMemory.refusal(CLASSES, new MemoryRoom(needed - 1, null, null))).isNotNull();
		assertThat(AnalyserMemory.refusal(CLASSES, null)).isNull();
	}

	@Test
	void refusalShouldTellTheNumbersAndWhatToDo() {
		MemoryRoom room = new MemoryRoom(20 * MEGABYTE, 512 * MEGABYTE, 492 * MEGABYTE);
		assertThat(AnalyserMemory.refusal(CLASSES, room)).contains("20 MB of the limit of 512 MB are left",
				"492 MB are taken", "Raise the memory limit", "-Xmx");
		assertThat(AnalyserMemory.refusal(CLASSES, new MemoryRoom(MEGABYTE, null, null)))
			.contains("the machine has 1 MB left");
	}

	@Test
	void leastShouldGrowWithTheClasses() {
		assertThat(AnalyserMemory.least(100_000).heapBytes()).isBetween(200 * MEGABYTE, 300 * MEGABYTE);
		assertThat(AnalyserMemory.least(5_000).neededBytes()).isLessThan(120 * MEGABYTE);
	}

	@ParameterizedTest
	@CsvSource({ "1000, 9", "11000, 41", "16000, 52", "17000, 55" })
	void leastShouldBeMoreThanWasMeasured(int classes, long measuredMegabytes) {
		long heapBytes = AnalyserMemory.least(classes).heapBytes();
		assertThat(heapBytes).isGreaterThan(measuredMegabytes * MEGABYTE * 115 / 100);
	}

	@Test
	void chooseWhenTheContainerIsNearlyFullShouldBeTheLeast() {
		AnalyserMemory least = AnalyserMemory.least(CLASSES);
		MemoryRoom room = new MemoryRoom(least.neededBytes(), 512 * MEGABYTE, 0L);
		assertThat(AnalyserMemory.choose(400 * MEGABYTE, CLASSES, room)).isEqualTo(least);
	}

	@Test
	void chooseShouldLeaveTheServiceHalfOfWhatIsBeyondTheLeast() {
		AnalyserMemory least = AnalyserMemory.least(CLASSES);
		MemoryRoom room = new MemoryRoom(least.neededBytes() + 100 * MEGABYTE, null, null);
		assertThat(AnalyserMemory.choose(4096 * MEGABYTE, CLASSES, room).neededBytes())
			.isEqualTo(least.neededBytes() + 50 * MEGABYTE);
	}

	@Test
	void chooseWhenThereIsPlentyShouldTakeNoMoreThanMakesItQuick() {
		MemoryRoom room = new MemoryRoom(1L << 40, null, null);
		assertThat(AnalyserMemory.choose(400 * MEGABYTE, CLASSES, room).tableBytes()).isEqualTo(200 * MEGABYTE);
		assertThat(AnalyserMemory.choose(1L << 40, CLASSES, room).tableBytes()).isEqualTo(1024 * MEGABYTE);
		assertThat(AnalyserMemory.choose(400 * MEGABYTE, CLASSES, room).heapBytes()).isLessThan(256 * MEGABYTE);
	}

	@Test
	void chooseWhenNothingIsKnownShouldBeModest() {
		assertThat(AnalyserMemory.choose(1L << 40, CLASSES, null).tableBytes()).isLessThan(128 * MEGABYTE);
	}

}
