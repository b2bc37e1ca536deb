package io.leakwatch.heap.hprof;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.leakwatch.heap.memory.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RecordCursor}, and for {@link HprofFile} and its mappings below it.
 */
class RecordCursorTests {

	private final Path folder;

	RecordCursorTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@ParameterizedTest
	@CsvSource({ "8, 9", "8, 10", "8, 13", "4, 9", "4, 11" })
	void nextWhenRecordsLieAcrossMappingsShouldReadTheSame(int idSize, int stepBits) throws IOException {
		for (int segmentBytes : new int[] { 0, 100, 5_000 }) {
			Path file = heap(idSize).segmentBytes(segmentBytes).writeTo(this.folder.resolve("heap.hprof"));
			try (Memory memory = new Memory(1 << 20, this.folder)) {
				List<String> expected = records(HprofFile.open(file, memory));
				assertThat(expected).hasSizeGreaterThan(600);
				assertThat(records(HprofFile.open(file, memory, stepBits))).isEqualTo(expected);
			}
		}
	}

	@Test
	void nextWhenTypeOfElementsIsUnknownShouldNameTheByte() throws IOException {
		HprofWriter heap = new HprofWriter().order(HprofPart.OBJECTS)
			.subRecord((segment) -> segment.primitiveArrayDump(0x10, 1, 0, new byte[0]));
		Path file = heap.writeTo(this.folder.resolve("heap.hprof"));
		try (Memory memory = new Memory(1 << 20, this.folder)) {
			HprofFile opened = HprofFile.open(file, memory);
			long start = opened.dumps().get(0).segments().get(0).start();
			assertThatExceptionOfType(HprofFormatException.class).isThrownBy(() -> records(opened))
				.withMessage(file + ", byte " + (start + 17) + ": expected the number of a primitive type, found 1")
				.satisfies((ex) -> assertThat(ex.offset()).isEqualTo(start + 17));
		}
	}

	private static HprofWriter heap(int idSize) {
		HprofWriter heap = new HprofWriter("1.0.2", idSize);
		Random random = new Random(idSize);
		SyntheticClass type = heap.declare("com.acme.Node").references("next").field("id", SyntheticType.SHORT);
		for (int i = 0; i < 20; i++) {
			heap.declare("com.acme.Other" + i)
				.references("a", "b")
				.staticField("S", type)
				.staticField("L", SyntheticType.LONG, i);
		}
		SyntheticInstance last = heap.instance(type);
		for (int i = 0; i < 200; i++) {
			last = heap.instance(type).set("next", last).set("id", i);
			heap.string("string " + i);
			heap.array(type, last, null, last);
			heap.primitiveArray(new byte[random.nextInt(3_000)]);
		}
		heap.thread("a thread").frame(type, "run", 12).locals(last);
		return heap;
	}

	private static List<String> records(HprofFile file) throws IOException {
		List<String> records = new ArrayList<>();
		for (HprofFile.Segment segment : file.dumps().get(0).segments()) {
			RecordCursor cursor = file.cursor().in(segment);
			while (cursor.next()) {
				StringBuilder record = new StringBuilder().append(cursor.offset()).append(' ').append(cursor.tag());
				record.append(' ').append(cursor.id());
				switch (cursor.tag()) {
					case RecordCursor.CLASS -> {
						ClassRecord read = cursor.readClass();
						record.append(file.className(read.id())).append(read.staticValues().length);
						record.append(file.string((read.fieldNameIds().length > 0) ? read.fieldNameIds()[0] : 0));
					}
					case RecordCursor.INSTANCE -> record.append(cursor.classId()).append(cursor.length());
					case RecordCursor.OBJECT_ARRAY -> {
						for (int i = 0; i < cursor.length(); i++) {
							record.append(' ').append(cursor.readId(cursor.body() + (long) i * file.idSize()));
						}
					}
					case RecordCursor.PRIMITIVE_ARRAY -> record.append(cursor.elementType()).append(cursor.length());
					default -> record.append(cursor.threadSerial()).append(cursor.frameNumber());
				}
				records.add(record.toString());
			}
		}
		records.addAll(file.stack(2));
		return records;
	}

}
