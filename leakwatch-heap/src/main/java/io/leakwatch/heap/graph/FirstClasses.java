package io.leakwatch.heap.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.heap.hprof.ClassRecord;
import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.hprof.HprofFile.Dump;
import io.leakwatch.heap.hprof.HprofFile.Segment;
import io.leakwatch.heap.hprof.RecordCursor;

/**
 * The classes that stand before the objects of a dump: in HotSpot's dumps all of them.
 */
final class FirstClasses {

	private FirstClasses() {
	}

	static List<ClassRecord> read(HprofFile file, Dump dump) throws IOException {
		List<ClassRecord> records = new ArrayList<>();
		RecordCursor cursor = file.cursor();
		for (Segment segment : dump.segments()) {
			cursor.in(segment);
			while (cursor.next()) {
				int tag = cursor.tag();
				if (tag == RecordCursor.CLASS) {
					records.add(cursor.readClass());
				}
				else if (tag >= RecordCursor.INSTANCE && tag <= RecordCursor.PRIMITIVE_ARRAY) {
					return records;
				}
			}
		}
		return records;
	}

}
