package io.leakwatch.heap.graph;

import java.io.IOException;
import java.util.List;

import io.leakwatch.heap.hprof.BasicType;
import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.hprof.HprofFile.Segment;
import io.leakwatch.heap.hprof.RecordCursor;

/**
 * Reads a sample of the objects, spread over the dump, and how far each is from the next:
 * what the layout of objects is concluded from.
 */
final class LayoutScan {

	private static final int SEGMENTS = 32;

	private static final int RECORDS = 4_000;

	private LayoutScan() {
	}

	static ObjectLayout infer(HprofFile file, List<Segment> segments, ClassTable classes, Neighbours neighbours)
			throws IOException {
		LayoutEvidence evidence = new LayoutEvidence();
		RecordCursor records = file.cursor();
		int step = Math.max(1, segments.size() / SEGMENTS);
		int most = RECORDS * Math.max(1, SEGMENTS / segments.size());
		for (int i = 0; i < segments.size(); i += step) {
			records.in(segments.get(i));
			for (int read = 0; read < most && records.next(); read++) {
				long next = neighbours.following(records.id());
				if (next != -1) {
					add(evidence, records, classes, next - records.id());
				}
			}
		}
		return ObjectLayout.infer(file.idSize(), evidence, null);
	}

	private static void add(LayoutEvidence evidence, RecordCursor record, ClassTable classes, long gapBytes) {
		switch (record.tag()) {
			case RecordCursor.INSTANCE -> {
				HeapClass type = classes.find(record.classId());
				if (type != null && type != classes.classOfClasses()) {
					evidence.addInstance(type.shape(), gapBytes);
				}
			}
			case RecordCursor.OBJECT_ARRAY -> evidence.addArray(BasicType.OBJECT, record.length(), gapBytes);
			case RecordCursor.PRIMITIVE_ARRAY -> evidence.addArray(record.elementType(), record.length(), gapBytes);
			default -> {
			}
		}
	}

	/** Tells which object lies next in memory. */
	@FunctionalInterface
	interface Neighbours {

		/** The id of the next object, -1 where it is not known. */
		long following(long id);

	}

}
