package io.leakwatch.heap.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link Memory} and its tables. On JDK 22 and later they run on arenas, on
 * earlier ones on buffers that are cleaned one by one.
 */
class MemoryTests {

	private static final Path MAPPINGS = Path.of("/proc/self/maps");

	private final Path folder;

	MemoryTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1 << 20, 64 << 20 })
	void tablesShouldKeepWhatIsWritten(long budgetBytes) {
		try (Memory memory = new Memory(budgetBytes, this.folder)) {
			IntTable ints = memory.ints(300_001);
			LongTable longs = memory.longs(100_001);
			ShortTable shorts = memory.shorts(200_003);
			LongTable more = memory.longs(7);
			for (int i = 0; i < 300_001; i++) {
				ints.set(i, i * 31);
				longs.set(i % 100_001, i * 0x1_0000_0001L);
				shorts.set(i % 200_003, i);
			}
			more.or(6, 5);
			more.addShared(6, 2);
			longs.addShared(100_000, 1);
			assertThat(ints.get(300_000)).isEqualTo(300_000 * 31);
			assertThat(ints.setIfZero(0, 7)).isZero();
			assertThat(ints.setIfZero(0, 8)).isEqualTo(7);
			assertThat(longs.get(100_000)).isEqualTo(200_001 * 0x1_0000_0001L + 1);
			assertThat(shorts.get(99_997)).isEqualTo(300_000 & 0xffff);
			assertThat(shorts.get(200_002)).isEqualTo(200_002 & 0xffff);
			assertThat(more.get(6)).isEqualTo(7);
			assertThat(more.get(5)).isZero();
			assertThat(memory.directBytes()).isLessThanOrEqualTo(budgetBytes);
			assertThat(memory.mappedBytes() > 0).isEqualTo(budgetBytes < 64 << 20);
		}
		assertThat(this.folder).isEmptyDirectory();
		assertNoMapping();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 64 << 20 })
	void growWhenManyStepsShouldKeepWhatIsThereAndAddZeros(long budgetBytes) {
		try (Memory memory = new Memory(budgetBytes, this.folder)) {
			IntTable table = memory.ints(0);
			for (int step = 1; step <= 40; step++) {
				table.grow((long) step * IntTable.CHUNK);
				assertThat(table.get((long) step * IntTable.CHUNK - 1)).isZero();
				table.set((long) step * IntTable.CHUNK - 1, step);
			}
			for (int step = 1; step <= 40; step++) {
				assertThat(table.get((long) step * IntTable.CHUNK - 1)).isEqualTo(step);
			}
			assertThat(table.size()).isEqualTo(40L * IntTable.CHUNK);
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 64 << 20 })
	void freeShouldGiveBlocksThatAreUsedAgainAndZero(long budgetBytes) {
		try (Memory memory = new Memory(budgetBytes, this.folder)) {
			IntTable first = memory.ints(1_000_000);
			for (int i = 0; i < 1_000_000; i++) {
				first.set(i, -1);
			}
			first.free();
			long direct = memory.directBytes();
			long mapped = memory.mappedBytes();
			IntTable second = memory.ints(1_000_000);
			assertThat(memory.directBytes()).isEqualTo(direct);
			assertThat(memory.mappedBytes()).isEqualTo(mapped);
			for (int i = 0; i < 1_000_000; i++) {
				assertThat(second.get(i)).isZero();
			}
			assertThatThrownBy(() -> first.get(0)).isInstanceOf(IndexOutOfBoundsException.class);
		}
	}

	@Test
	void allocateWhenManySmallTablesShouldShareBlocks() {
		try (Memory memory = new Memory(1 << 20, this.folder)) {
			List<LongTable> tables = new ArrayList<>();
			for (int i = 0; i < 1_000; i++) {
				LongTable table = memory.longs(1 + i % 5);
				table.set(i % 5, i);
				tables.add(table);
			}
			for (int i = 0; i < 1_000; i++) {
				assertThat(tables.get(i).get(i % 5)).isEqualTo(i);
				tables.get(i).or(i % 5, 1L << 40);
			}
			assertThat(memory.directBytes()).isLessThanOrEqualTo(1 << 17);
		}
	}

	@Test
	void mappedBytesWhenFileIsLargeShouldTakeFewMappings() throws IOException {
		try (Memory memory = new Memory(0, this.folder)) {
			memory.ints(200L << 18);
			assertThat(memory.mappedBytes()).isBetween(200L << 20, 300L << 20);
			if (Files.exists(MAPPINGS)) {
				assertThat(mappings()).isBetween(1L, 20L);
			}
		}
		assertNoMapping();
	}

	@Test
	void closeShouldMakeTablesFailAndNotTheProcess() throws IOException {
		Memory memory = new Memory(0, this.folder);
		IntTable ints = memory.ints(100_000);
		LongTable longs = memory.longs(3);
		ShortTable shorts = memory.shorts(3);
		FileChannel temporary = memory.temporaryFile(".test");
		memory.close();
		assertThatNoException().isThrownBy(memory::close);
		assertThat(temporary.isOpen()).isFalse();
		assertThatThrownBy(() -> ints.get(99_999)).isInstanceOf(IndexOutOfBoundsException.class);
		assertThatThrownBy(() -> longs.addShared(0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
		assertThatThrownBy(() -> shorts.set(0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
		assertThatIllegalStateException().isThrownBy(() -> memory.ints(1)).withMessageContaining("was closed");
		assertThatIllegalStateException().isThrownBy(() -> memory.temporaryFile(".x"));
		assertThat(this.folder).isEmptyDirectory();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void temporaryFilesShouldBeGoneForWhoeverLooksSoThatAKilledProcessLeavesNone() throws IOException {
		try (Memory memory = new Memory(0, this.folder)) {
			IntTable ints = memory.ints(100_000);
			ints.set(99_999, 7);
			FileChannel temporary = memory.temporaryFile(".test");
			assertThat(temporary.write(ByteBuffer.allocate(3))).isEqualTo(3);
			assertThat(memory.mappedBytes()).isPositive();
			assertThat(this.folder).isEmptyDirectory();
			assertThat(ints.get(99_999)).isEqualTo(7);
		}
	}

	@Test
	void closeWhenAResourceFailsShouldCloseTheOthers() throws IOException {
		Memory memory = new Memory(0, this.folder);
		memory.ints(100_000);
		FileChannel temporary = memory.temporaryFile(".test");
		memory.closeLater(() -> {
			throw new IOException("does not close");
		});
		FileChannel later = memory.temporaryFile(".test");
		assertThatIllegalStateException().isThrownBy(memory::close)
			.satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement()
				.extracting(Throwable::getMessage)
				.isEqualTo("does not close"));
		assertThat(temporary.isOpen()).isFalse();
		assertThat(later.isOpen()).isFalse();
		assertThat(this.folder).isEmptyDirectory();
		assertNoMapping();
	}

	@Test
	void mapShouldShowTheFileUntilClose() throws IOException {
		Path file = this.folder.resolve("data.bin");
		Files.write(file, new byte[] { 0, 1, 2, 3 });
		try (Memory memory = new Memory(0, this.folder);
				FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
			ByteBuffer bytes = memory.map(channel, 1, 3);
			assertThat(bytes.getShort(0)).isEqualTo((short) 0x102);
			assertThat(memory.mappedBytes()).isZero();
		}
		assertNoMapping();
	}

	@Test
	void allocateWhenThereIsNoRoomShouldSayWhereAndWhatToDo() {
		Path missing = this.folder.resolve("missing");
		try (Memory memory = new Memory(0, missing)) {
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> memory.ints(100_000))
				.withMessageContaining(missing.toString())
				.withMessageContaining("name another temporary directory or allow more memory");
		}
		try (Memory memory = new Memory(1 << 20, missing)) {
			memory.ints(100_000);
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> memory.ints(1_000_000));
		}
	}

	private void assertNoMapping() {
		if (Files.exists(MAPPINGS)) {
			assertThat(mappings()).isZero();
		}
	}

	/** How many mappings of files in the folder the process has. */
	private long mappings() {
		try (Stream<String> lines = Files.lines(MAPPINGS)) {
			return lines.filter((line) -> line.contains(this.folder.toString())).count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
