package io.leakwatch.heap.analysis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.leakwatch.heap.hprof.HprofByteWriter;
import io.leakwatch.heap.hprof.HprofSegmentWriter;
import io.leakwatch.heap.hprof.HprofWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Tests that a damaged dump is told of, and does no damage: no other exception, no
 * endless loop, no memory that a length in the file asks for.
 */
class DamagedDumpTests {

	private static final Duration LIMIT = Duration.ofMinutes(30);

	/**
	 * How long bits are flipped at most, 100 000 times. The system property
	 * {@code leakwatch.test.scale} multiplies both.
	 */
	private static final Duration FLIPPING = Duration.ofSeconds(20L * Integer.getInteger("leakwatch.test.scale", 1));

	private static final int FLIPS = 100_000 * Integer.getInteger("leakwatch.test.scale", 1);

	/** Each dump is read, and each so many is analysed. */
	private static final int ALL_OF_SOME = 8;

	private final DamagedDump dump;

	DamagedDumpTests(@TempDir Path folder) {
		this.dump = new DamagedDump(folder);
	}

	@Test
	void openWhenWholeShouldTellOfNoDamage() {
		for (byte[] bytes : SmallDumps.all()) {
			assertThat(this.dump.analyse(bytes)).isEmpty();
		}
		assertThat(this.dump.analyse(SmallDumps.compressed())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4 })
	void openWhenTruncatedShouldFailOrTell(int which) {
		byte[] whole = (which == 4) ? SmallDumps.compressed() : SmallDumps.all().get(which);
		assertTimeoutPreemptively(LIMIT, () -> {
			for (int length = 0; length < whole.length; length++) {
				byte[] cut = Arrays.copyOf(whole, length);
				List<String> damage = (length % ALL_OF_SOME == 0) ? this.dump.analyse(cut) : this.dump.read(cut);
				assertThat(damage == null || !damage.isEmpty()).as("cut after %s of %s bytes", length, whole.length)
					.isTrue();
			}
		});
	}

	@Test
	void openWhenBitsAreFlippedShouldAnswerOrFail() {
		List<byte[]> dumps = new ArrayList<>(SmallDumps.all());
		dumps.add(SmallDumps.compressed());
		long end = System.nanoTime() + FLIPPING.toNanos();
		assertTimeoutPreemptively(LIMIT, () -> {
			for (int seed = 0; seed < FLIPS && System.nanoTime() < end; seed++) {
				Random random = new Random(seed);
				byte[] bytes = dumps.get(seed % dumps.size()).clone();
				for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
					bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
				}
				try {
					if (seed % ALL_OF_SOME == 0) {
						this.dump.analyse(bytes);
					}
					else {
						this.dump.read(bytes);
					}
				}
				catch (RuntimeException | Error ex) {
					throw new AssertionError("flipped by seed " + seed, ex);
				}
			}
		});
	}

	@ParameterizedTest
	@ValueSource(longs = { 0x7fff_ffffL, 0xffff_ffffL })
	void readWhenALengthLiesShouldTakeNoMemory(long lie) {
		byte[] whole = SmallDumps.all().get(1);
		assertTimeoutPreemptively(LIMIT, () -> {
			for (int at = 0; at + 4 <= whole.length; at++) {
				byte[] bytes = whole.clone();
				ByteBuffer.wrap(bytes).putInt(at, (int) lie);
				try {
					this.dump.read(bytes);
				}
				catch (RuntimeException | Error ex) {
					throw new AssertionError(lie + " at byte " + at, ex);
				}
			}
		});
	}

	static Stream<Arguments> lies() {
		byte[] none = new byte[0];
		return Stream
			.<Consumer<HprofSegmentWriter>>of((segment) -> segment.instanceDump(0x10, 0x20, 0xffff_ffffL, none),
					(segment) -> segment.instanceDump(0x10, 0x20, 0x7fff_ffffL, new byte[8]),
					(segment) -> segment.objectArrayDump(0x10, 0x20, 0xffff_ffffL, 1, 2),
					(segment) -> segment.objectArrayDump(0x10, 0x20, 0x8000_0000L),
					(segment) -> segment.primitiveArrayDump(0x10, 11, 0xffff_ffffL, none),
					(segment) -> segment.primitiveArrayDump(0x10, 2, 1, new byte[8]),
					(segment) -> segment.primitiveArrayDump(0x10, 3, 1, new byte[8]),
					(segment) -> segment.primitiveArrayDump(0x10, 255, 1, new byte[8]),
					(segment) -> segment.primitiveArrayWithoutData(0x10, 11, 0xffff_ffffL),
					(segment) -> segment.classDump(0x10, 0, 0, 0, new HprofByteWriter(8).u2(0xffff)),
					(segment) -> segment.classDump(0x10, 0, 0, 0, new HprofByteWriter(8).u2(0).u2(0xffff)),
					(segment) -> segment.classDump(0x10, 0, 0, 0, new HprofByteWriter(8).u2(0).u2(0).u2(0xffff)),
					(segment) -> segment.classDump(0x10, 0, 0, 0, new HprofByteWriter(8).u2(0).u2(1).id(1).u1(12)),
					(segment) -> segment.bytes().u1(0x42))
			.map(Arguments::of);
	}

	@ParameterizedTest
	@MethodSource("lies")
	void openWhenARecordLiesShouldFailWithItsOffset(Consumer<HprofSegmentWriter> lie) {
		HprofWriter heap = new HprofWriter();
		heap.string("before");
		heap.subRecord(lie);
		heap.string("after");
		assertThat(this.dump.analyse(heap.toBytes())).isNull();
		assertThat(this.dump.read(heap.toBytes())).isNull();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 8, 100, 0x7fff_ffffL, 0xffff_ffffL })
	void openWhenATopLevelRecordLiesShouldFailOrTell(long length) {
		for (int tag = 0; tag < 256; tag++) {
			int each = tag;
			HprofWriter heap = new HprofWriter().before((records) -> records.record(each, length, new byte[50]));
			heap.string("a text");
			this.dump.analyse(heap.toBytes());
			this.dump.read(heap.toBytes());
			HprofWriter late = new HprofWriter().after((records) -> records.record(each, length, new byte[50]));
			late.string("a text");
			assertThat(this.dump.analyse(late.toBytes())).satisfiesAnyOf((damage) -> assertThat(damage).isNotEmpty(),
					(damage) -> assertThat(damage).isNull(), (damage) -> assertThat(length).isLessThanOrEqualTo(50));
		}
	}

	@Test
	void openWhenItIsNoHeapDumpShouldFail() {
		for (String text : List.of("", "J", "JAVA PROFILE", "JAVA PROFILE 1.0.2", "PK\3\4", "x".repeat(1000))) {
			assertThat(this.dump.analyse(text.getBytes(StandardCharsets.US_ASCII))).isNull();
		}
		for (int idSize : new int[] { 0, 1, 2, 3, 5, 16, -1, Integer.MAX_VALUE }) {
			byte[] bytes = SmallDumps.all().get(0);
			ByteBuffer.wrap(bytes).putInt(19, idSize);
			assertThat(this.dump.analyse(bytes)).isNull();
		}
		assertThat(this.dump.analyse(new byte[1_000])).isNull();
	}

}
