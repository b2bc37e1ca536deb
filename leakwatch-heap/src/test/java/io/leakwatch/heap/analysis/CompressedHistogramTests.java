package io.leakwatch.heap.analysis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import io.leakwatch.heap.graph.ClassHistogram;
import io.leakwatch.heap.graph.ProgressListener;
import io.leakwatch.heap.graph.Work;
import io.leakwatch.heap.hprof.HprofByteWriter;
import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.hprof.HprofPart;
import io.leakwatch.heap.hprof.HprofWriter;
import io.leakwatch.heap.hprof.SyntheticClass;
import io.leakwatch.heap.hprof.SyntheticInstance;
import io.leakwatch.heap.hprof.SyntheticType;
import io.leakwatch.heap.memory.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests that the {@link ClassHistogram} of a compressed dump, which is read once, is that
 * of the same dump as a plain file, whatever the dump is like.
 */
class CompressedHistogramTests {

	private static final long MEMORY_BYTES = 32 << 20;

	private static final int FLIPS = 2_000;

	private final Path folder;

	private final Path file;

	CompressedHistogramTests(@TempDir Path folder) {
		this.folder = folder;
		this.file = folder.resolve("dump");
	}

	@Test
	void readShouldTakeNoTemporaryFile() throws IOException {
		for (byte[] dump : SmallDumps.all()) {
			Object plain = histogram(dump, -1, this.folder);
			assertThat(plain).isInstanceOf(ClassHistogram.class);
			assertThat(histogram(gzip(dump), -1, this.folder.resolve("missing"))).isEqualTo(plain);
		}
		assertThat(histogram(SmallDumps.compressed(), -1, this.folder.resolve("missing")))
			.isEqualTo(histogram(SmallDumps.all().get(0), -1, this.folder));
	}

	@ParameterizedTest
	@ValueSource(ints = { -2, -1, 0, 1, 2, 3 })
	void readWhenFileHasSeveralDumpsShouldTakeTheLastOrTheChosen(int number) throws IOException {
		HprofWriter heap = SmallDumps.populated(new HprofWriter().segmentBytes(300));
		SyntheticClass node = heap.declare("com.acme.Other").references("next");
		heap.nextDump();
		SyntheticInstance first = heap.instance(node);
		heap.instance(node).set("next", first);
		heap.nextDump().keep(first);
		byte[] dump = heap.toBytes();
		assertThat(histogram(gzip(dump), number, this.folder)).isEqualTo(histogram(dump, number, this.folder));
	}

	@Test
	void readWhenAnEarlierDumpIsDamagedShouldNotMind() throws IOException {
		HprofWriter heap = new HprofWriter().segmentBytes(100);
		heap.subRecord((segment) -> segment.bytes().u1(0x42));
		heap.string("lost");
		heap.nextDump();
		heap.string("a text");
		byte[] dump = heap.toBytes();
		assertThat(histogram(dump, -1, this.folder)).isInstanceOf(ClassHistogram.class);
		for (int number = -1; number < 2; number++) {
			assertThat(histogram(gzip(dump), number, this.folder)).isEqualTo(histogram(dump, number, this.folder));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void readWhenThereAreStackChunksShouldCountTheirStacks(boolean classesFirst) throws IOException {
		HprofWriter heap = new HprofWriter().jdkClasses().segmentBytes(100);
		SyntheticClass chunk = heap.declare("jdk.internal.vm.StackChunk")
			.references("parent")
			.field("size", SyntheticType.INT)
			.field("sp", SyntheticType.INT);
		if (!classesFirst) {
			heap.order(HprofPart.OBJECTS, HprofPart.ROOTS, HprofPart.CLASSES).namesLast();
		}
		for (int words = 0; words < 3_000; words += 77) {
			heap.instance(chunk).set("size", words);
		}
		byte[] dump = heap.toBytes();
		Object plain = histogram(dump, -1, this.folder);
		assertThat(plain).isInstanceOfSatisfying(ClassHistogram.class,
				(histogram) -> assertThat(histogram.rows().get(0)).satisfies((row) -> {
					assertThat(row.className()).isEqualTo(chunk.name());
					assertThat(row.shallowBytes()).isGreaterThan(39 * 1_400 * 8);
				}));
		assertThat(histogram(gzip(dump), -1, this.folder)).isEqualTo(plain);
	}

	@Test
	void readWhenAClassHasNoIdShouldEnd() throws IOException {
		HprofWriter heap = new HprofWriter();
		heap.string("a text");
		heap.subRecord((segment) -> segment.classDump(0, 0, 0, 0, new HprofByteWriter(8).u2(0).u2(0).u2(0)));
		byte[] dump = heap.toBytes();
		assertThat(histogram(dump, -1, this.folder)).isInstanceOf(ClassHistogram.class)
			.isEqualTo(histogram(gzip(dump), -1, this.folder));
	}

	@Test
	void readWhenDumpIsLargerThanWhatIsKeptShouldCountTheSame() throws IOException {
		for (int segmentBytes : new int[] { 0, 20_000, 100_000 }) {
			byte[] dump = large(segmentBytes);
			Object plain = histogram(dump, -1, this.folder);
			assertThat(plain).isInstanceOfSatisfying(ClassHistogram.class, (histogram) -> {
				assertThat(histogram.layout()).startsWith("compressed references and class pointers, 8-byte");
				assertThat(histogram.damage()).isEmpty();
			});
			assertThat(histogram(gzip(dump), -1, this.folder.resolve("missing"))).isEqualTo(plain);
			byte[] cut = Arrays.copyOf(dump, dump.length - 10_000_000);
			assertThat(histogram(gzip(cut), -1, this.folder)).isEqualTo(histogram(cut, -1, this.folder));
		}
	}

	private static byte[] large(int segmentBytes) {
		HprofWriter heap = new HprofWriter().jdkClasses().segmentBytes(segmentBytes);
		SyntheticClass node = heap.declare("com.acme.Node").references("next").field("id", SyntheticType.LONG);
		SyntheticClass wide = heap.declare("com.acme.Wide");
		for (int i = 0; i < 10_000; i++) {
			wide.staticField("FIELD_" + i, SyntheticType.LONG, i);
		}
		Random random = new Random(7);
		long address = 0x7_0000_0000L;
		for (int i = 0; i < 120_000; i++) {
			heap.at(address);
			int length = random.nextInt(20);
			if (i % 5 == 0) {
				heap.primitiveArray(new byte[length]);
				address += (16 + length + 7) / 8 * 8L;
			}
			else {
				heap.instance(node);
				address += 24;
			}
		}
		heap.at(address).primitiveArray(new byte[12_000_000]);
		heap.at(address + 12_000_016).instance(node);
		return heap.toBytes();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3 })
	void readWhenTruncatedShouldTellTheSame(int which) throws IOException {
		byte[] whole = SmallDumps.all().get(which);
		for (int length = 1; length < whole.length; length += 3) {
			byte[] cut = Arrays.copyOf(whole, length);
			assertThat(histogram(gzip(cut), -1, this.folder)).as("cut after %s bytes", length)
				.isEqualTo(histogram(cut, -1, this.folder));
		}
	}

	@Test
	void readWhenBitsAreFlippedShouldTellTheSame() throws IOException {
		List<byte[]> dumps = SmallDumps.all();
		for (int seed = 0; seed < FLIPS; seed++) {
			byte[] flipped = flipped(dumps.get(seed % dumps.size()), seed);
			assertThat(histogram(gzip(flipped), -1, this.folder)).as("flipped by seed %s", seed)
				.isEqualTo(histogram(flipped, -1, this.folder));
		}
	}

	@Test
	void readWhenTheCompressionIsDamagedShouldTellWhatACopyTells() throws IOException {
		byte[] whole = SmallDumps.compressed();
		List<byte[]> damaged = new ArrayList<>();
		for (int length = 2; length < whole.length; length++) {
			damaged.add(Arrays.copyOf(whole, length));
		}
		for (int seed = 0; seed < FLIPS; seed++) {
			damaged.add(flipped(whole, seed));
		}
		for (byte[] each : damaged) {
			assertThat(histogram(each, -1, this.folder)).isEqualTo(ofCopy(each));
		}
	}

	@Test
	void cursorWhenFileWasReadOnceShouldSayThatItIsGone() throws IOException {
		Files.write(this.file, SmallDumps.compressed());
		try (Memory memory = new Memory(MEMORY_BYTES, this.folder)) {
			HprofFile read = HprofFile.readOnce(this.file, memory, (file, dump, records, share) -> {
			});
			assertThat(read.size()).isEqualTo(SmallDumps.all().get(0).length);
			assertThatIllegalStateException().isThrownBy(read::cursor).withMessageContaining("open it");
			assertThatIllegalStateException().isThrownBy(() -> read.stack(1)).withMessageContaining("open it");
		}
	}

	private static byte[] flipped(byte[] whole, int seed) {
		Random random = new Random(seed);
		byte[] bytes = whole.clone();
		for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
			bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
		}
		return bytes;
	}

	private static byte[] gzip(byte[] bytes) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (OutputStream gzip = new GZIPOutputStream(out)) {
			gzip.write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return out.toByteArray();
	}

	/** The histogram, or the message of a failure. */
	private Object histogram(byte[] bytes, int number, Path temporary) throws IOException {
		return outcome(bytes, temporary, (memory, work) -> ClassHistogram.read(this.file, number, memory, work));
	}

	private Object ofCopy(byte[] bytes) throws IOException {
		return outcome(bytes, this.folder, (memory, work) -> {
			HprofFile copy = HprofFile.open(this.file, memory);
			return ClassHistogram.read(copy, copy.dump(-1), work);
		});
	}

	private Object outcome(byte[] bytes, Path temporary, Reading reading) throws IOException {
		Files.deleteIfExists(this.file);
		Files.write(this.file, bytes);
		try (Memory memory = new Memory(MEMORY_BYTES, temporary)) {
			return reading.read(memory, new Work(1, () -> false, ProgressListener.NONE));
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	private interface Reading {

		ClassHistogram read(Memory memory, Work work) throws IOException;

	}

}
