package io.leakwatch.heap.hprof;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.leakwatch.heap.hprof.SyntheticType.BYTE;
import static io.leakwatch.heap.hprof.SyntheticType.DOUBLE;
import static io.leakwatch.heap.hprof.SyntheticType.INT;
import static io.leakwatch.heap.hprof.SyntheticType.LONG;
import static io.leakwatch.heap.hprof.SyntheticType.OBJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link HprofWriter}, against bytes worked out by hand.
 */
class HprofWriterTests {

	@Test
	void toBytesShouldBeginWithHeader() {
		byte[] bytes = new HprofWriter("1.0.1", 4).toBytes();
		assertThat(new String(bytes, 0, 18, StandardCharsets.US_ASCII)).isEqualTo("JAVA PROFILE 1.0.1");
		assertThat(hex(bytes, 18, 13)).isEqualTo("00" + "00000004" + "0000019b76daa800");
	}

	@Test
	void toBytesShouldWriteNamesClassesRootsAndObjects() {
		HprofWriter heap = new HprofWriter("1.0.1", 4).at(0x1000);
		SyntheticClass node = heap.declare("com.acme.Node").field("id", INT).references("next");
		SyntheticInstance instance = heap.at(0x2000).instance(node).set("id", 7);
		instance.set("next", instance);
		node.staticField("HEAD", instance);
		List<Chunk> records = records(heap.toBytes());
		assertThat(records).extracting(Chunk::tag).containsExactly(1, 1, 1, 1, 1, 2, 2, 5, 0x0c);
		assertThat(records.subList(0, 7)).extracting(Chunk::hex)
			.containsExactly("00100000" + hex("java/lang/Object"), "00100020" + hex("com/acme/Node"),
					"00100040" + hex("id"), "00100060" + hex("next"), "00100080" + hex("HEAD"),
					"00000001" + "00001000" + "00000000" + "00100000",
					"00000002" + "00001070" + "00000000" + "00100020");
		String object = "20" + "00001000" + "00000001" + "00000000".repeat(6) + "00000000" + "000000000000";
		String type = "20" + "00001070" + "00000001" + "00001000" + "00000000".repeat(5) + "00000008" + "0000" + "0001"
				+ "0010008002" + "00002000" + "0002" + "001000400a" + "0010006002";
		assertThat(records.get(8).hex()).isEqualTo(object + type + "0500001000" + "0500001070" + "21" + "00002000"
				+ "00000001" + "00001070" + "00000008" + "00000007" + "00002000");
	}

	@Test
	void toBytesWhenClassExtendsShouldWriteOwnValuesFirst() {
		HprofWriter heap = new HprofWriter("1.0.1", 8).withoutStickyClasses().order(HprofPart.OBJECTS);
		SyntheticClass base = heap.declare("com.acme.Base").field("id", BYTE);
		SyntheticClass derived = heap.declare("com.acme.Derived").extending(base).field("id", BYTE);
		heap.instance(derived).set("id", 1).set(base, "id", 2);
		assertThat(heapDump(heap)).endsWith("00000002" + "01" + "02");
		assertThatIllegalArgumentException().isThrownBy(() -> heap.instance(derived).set("name", null))
			.withMessage("com.acme.Derived has no field name");
	}

	@Test
	void toBytesShouldWriteArraysOfAllKinds() {
		HprofWriter heap = new HprofWriter("1.0.1", 4).withoutStickyClasses().order(HprofPart.OBJECTS);
		SyntheticClass object = heap.objectClass();
		SyntheticArray longs = heap.primitiveArray(new long[] { -1, 2 });
		SyntheticArray references = heap.array(object, longs, null);
		SyntheticArray nested = heap.array(references.type(), references);
		heap.primitiveArray(new boolean[] { true });
		heap.primitiveArray(new char[] { 'x' });
		heap.primitiveArray(new double[] { 1 });
		heap.primitiveArray(new float[] { 1 });
		assertThat(nested.type().name()).isEqualTo("[[Ljava.lang.Object;");
		assertThat(heapDump(heap))
			.startsWith("23" + id(longs) + "00000001" + "00000002" + "0b" + "ffffffffffffffff" + "0000000000000002"
					+ "22" + id(references) + "00000001" + "00000002" + id(references.type()) + id(longs) + "00000000"
					+ "22")
			.contains("00000001" + "04" + "01")
			.contains("00000001" + "05" + "0078")
			.contains("00000001" + "07" + "3ff0000000000000")
			.endsWith("00000001" + "06" + "3f800000");
	}

	@Test
	void toBytesShouldWriteThreadWithFramesAndLocals() {
		HprofWriter heap = new HprofWriter("1.0.1", 4).withoutStickyClasses().order(HprofPart.ROOTS);
		SyntheticClass worker = heap.declare("com.acme.Worker");
		SyntheticInstance local = heap.instance(worker);
		SyntheticThread thread = heap.thread("main")
			.jniLocals(local)
			.frame(worker, "step", 12)
			.frame(worker, "run", 8)
			.locals(local);
		List<Chunk> records = records(heap.toBytes());
		assertThat(records.stream().filter((each) -> each.tag() == 5)).extracting(Chunk::hex)
			.containsExactly("00000001" + "00000000" + "00000000",
					"00000002" + "00000001" + "00000002" + "00000001" + "00000002");
		assertThat(records.stream().filter((each) -> each.tag() == 4)).hasSize(2)
			.allSatisfy((each) -> assertThat(each.hex()).contains("%08x".formatted(worker.serial())));
		assertThat(heapDump(heap)).isEqualTo("08" + id(thread.object()) + "00000001" + "00000002" + "02" + id(local)
				+ "00000001" + "ffffffff" + "03" + id(local) + "00000001" + "00000001");
	}

	@Test
	void toBytesShouldWriteEveryKindOfRoot() {
		HprofWriter heap = new HprofWriter("1.0.1", 4).withoutStickyClasses().order(HprofPart.ROOTS);
		SyntheticInstance object = heap.at(0x10).instance(heap.objectClass());
		StringBuilder expected = new StringBuilder();
		for (SyntheticRoot each : SyntheticRoot.values()) {
			heap.root(each, object, 3, 4);
			expected.append("%02x".formatted(each.tag())).append(id(object)).append(switch (each) {
				case JNI_GLOBAL -> "%08x".formatted(object.id() ^ 0x5555);
				case NATIVE_STACK, THREAD_BLOCK -> "00000003";
				case JNI_LOCAL, JAVA_FRAME, THREAD_OBJECT, JNI_MONITOR -> "0000000300000004";
				default -> "";
			});
		}
		assertThat(heapDump(heap)).isEqualTo(expected.toString());
	}

	@Test
	void toBytesWhenSegmentsAreSmallShouldSplitBetweenSubRecordsAndEnd() {
		HprofWriter heap = new HprofWriter().segmentBytes(1).order(HprofPart.OBJECTS, HprofPart.CLASSES);
		heap.instance(heap.objectClass());
		heap.nextDump().instance(heap.objectClass());
		assertThat(records(heap.toBytes())).extracting(Chunk::tag)
			.containsExactly(1, 2, 5, 0x1c, 0x1c, 0x2c, 0x1c, 0x1c, 0x2c);
		assertThat(records(heap.segmentBytes(1000).toBytes())).extracting(Chunk::tag)
			.containsExactly(1, 2, 5, 0x1c, 0x2c, 0x1c, 0x2c);
	}

	@Test
	void toBytesWhenNamesLastShouldWriteThemAfterTheHeap() {
		HprofWriter heap = new HprofWriter().namesLast()
			.before((records) -> records.controlSettings()
				.cpuSamples(1)
				.allocSites(1)
				.heapSummary(10, 1)
				.startThread(1, 2, 3))
			.after((records) -> records.endThread(1).unloadClass(1));
		heap.objectClass();
		assertThat(records(heap.toBytes())).extracting(Chunk::tag)
			.containsExactly(0x0e, 0x0d, 6, 7, 0x0a, 0x1c, 0x2c, 1, 2, 5, 0x0b, 3);
	}

	@Test
	void toBytesWhenAndroidShouldWriteNamesWithDotsAndItsOwnSubRecords() {
		HprofWriter heap = new HprofWriter("1.0.3", 4).withoutStickyClasses().order(HprofPart.OBJECTS);
		heap.array(heap.array(heap.stringClass()).type());
		heap.primitiveArray(new int[0]);
		heap.subRecord((segment) -> segment.heapDumpInfo(65, 9).primitiveArrayWithoutData(0x30, BYTE.code(), 5));
		assertThat(records(heap.toBytes()).stream().filter((each) -> each.tag() == 1)).extracting(Chunk::text)
			.contains("java.lang.String", "java.lang.String[]", "java.lang.String[][]", "int[]");
		assertThat(records(heap.toBytes()).get(records(heap.toBytes()).size() - 2).hex())
			.endsWith("fe" + "00000041" + "00000009" + "c3" + "00000030" + "00000001" + "00000005" + "08");
	}

	@Test
	void toBytesWhenGivenWrongLengthsShouldWriteThem() {
		HprofWriter heap = new HprofWriter().order(HprofPart.CLASSES, HprofPart.OBJECTS);
		heap.declare("com.acme.Odd")
			.instanceSize(99)
			.constant(1, LONG, 5)
			.staticField("PI", DOUBLE, 3)
			.staticField("X", OBJECT, 77);
		heap.subRecord((segment) -> segment.instanceDump(1, 2, 1000, new byte[3]));
		heap.after((records) -> records.record(0x1c, 0xffff_ffffL, new byte[] { 1 }).raw(new byte[] { 2 }));
		assertThat(hex(heap.toBytes())).contains("00000063" + "0001" + "0001" + "0b" + "0000000000000005" + "0002")
			.contains("02" + "000000000000004d")
			.contains("0000000000000002" + "000003e8" + "000000")
			.endsWith("1c" + "00000000" + "ffffffff" + "01" + "02");
	}

	@Test
	void toGzipBytesShouldGiveTheSameBytesInBlocks() throws IOException {
		HprofWriter heap = new HprofWriter();
		heap.string("a text");
		byte[] compressed = heap.toGzipBytes(100);
		assertThat(new String(compressed, 10, 19, StandardCharsets.US_ASCII)).isEqualTo("HPROF BLOCKSIZE=100");
		try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
			assertThat(in.readAllBytes()).isEqualTo(heap.toBytes());
		}
	}

	@Test
	void writeToShouldWriteTheSameBytes(@TempDir Path folder) throws IOException {
		HprofWriter heap = new HprofWriter();
		heap.instance(heap.referenceClass("java.lang.ref.WeakReference")).set("referent", heap.string("x"));
		Path file = heap.writeTo(folder.resolve("heap.hprof"));
		assertThat(Files.readAllBytes(file)).isEqualTo(heap.toBytes());
	}

	private static List<Chunk> records(byte[] dump) {
		ByteBuffer bytes = ByteBuffer.wrap(dump);
		bytes.position(18 + 1 + 4 + 8);
		List<Chunk> records = new ArrayList<>();
		while (bytes.hasRemaining()) {
			int tag = bytes.get() & 0xff;
			bytes.getInt();
			byte[] body = new byte[bytes.getInt()];
			bytes.get(body);
			records.add(new Chunk(tag, hex(body)));
		}
		return records;
	}

	/** The body of the one HEAP_DUMP record, in hexadecimal. */
	private static String heapDump(HprofWriter heap) {
		List<Chunk> records = records(heap.toBytes());
		Chunk last = records.get(records.size() - 1);
		assertThat(last.tag()).isEqualTo(0x0c);
		return last.hex();
	}

	private static String id(SyntheticObject object) {
		return "%08x".formatted(object.id());
	}

	private static String hex(String text) {
		return hex(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

	private static String hex(byte[] bytes, int from, int length) {
		return HexFormat.of().formatHex(bytes, from, from + length);
	}

	/** A record: its tag and its body in hexadecimal. */
	private record Chunk(int tag, String hex) {

		/** The text of a string record with an identifier of four bytes. */
		String text() {
			return new String(HexFormat.of().parseHex(this.hex), 4, this.hex.length() / 2 - 4, StandardCharsets.UTF_8);
		}

	}

}
