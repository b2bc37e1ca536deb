package io.leakwatch.heap.graph;

import java.io.IOException;
import java.util.List;

import io.leakwatch.heap.hprof.BasicType;
import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.hprof.HprofFile.Segment;
import io.leakwatch.heap.hprof.RecordCursor;
import org.jspecify.annotations.Nullable;

/**
 * Reads a sample of the objects, spread over the dump, and how far each is from the next:
 * what the layout of objects is concluded from.
 */
final class LayoutScan {

	private static final int SEGMENTS = 32;

	/** A small dump is read as a whole, more or less. */
	private static final int ALL_RECORDS = 128_000;

	/** Of a large one so much of each segment is enough. */
	private static final int LEAST_RECORDS = 1_000;

	private LayoutScan() {
	}

	/**
	 * About which release of the JDK wrote the dump, by classes that each JVM has loaded
	 * when it has started; what later ones differ in shows in the layout.
	 */
	static @Nullable String release(ClassTable classes) {
		String release = null;
		for (HeapClass each : classes.all()) {
			switch (each.name()) {
				case "java.lang.Thread$FieldHolder" -> {
					return null;
				}
				case "sun.misc.Launcher" -> release = "1.8";
				case "java.lang.Module" -> release = (release == null) ? "11" : release;
				case "jdk.internal.misc.CDS" -> release = "17";
				default -> {
				}
			}
		}
		return release;
	}

	/** How many records of a segment are read. */
	private static int most(List<Segment> segments) {
		return Math.max(LEAST_RECORDS, ALL_RECORDS / Math.max(1, segments.size()));
	}

	static ObjectLayout infer(HprofFile file, List<Segment> segments, ClassTable classes, @Nullable String javaVersion,
			Neighbours neighbours) throws IOException {
		int most = most(segments);
		LayoutEvidence evidence = new LayoutEvidence();
		RecordCursor records = file.cursor();
		int step = Math.max(1, segments.size() / SEGMENTS);
		for (int i = 0; i < segments.size(); i += step) {
			records.in(segments.get(i));
			for (int read = 0; read < most && records.next(); read++) {
				long next = neighbours.following(records.id());
				if (next != -1) {
					add(evidence, records, classes, next - records.id());
				}
			}
		}
		return ObjectLayout.infer(file.idSize(), evidence, javaVersion);
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
