package io.leakwatch.heap.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.leakwatch.heap.hprof.BasicType;
import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.hprof.HprofFile.Segment;
import io.leakwatch.heap.hprof.RecordCursor;

/**
 * A sample of a dump's objects, spread over its segments, from which the layout of
 * objects is concluded without an index: the next object in memory is the next of the
 * sample.
 *
 * <p>
 * The sample is the same whether the number of segments is known before or not: it is the
 * beginning of each segment whose number a power of two divides, and both the length and
 * the power follow from the number of segments rounded up to a power of two. As segments
 * come in, what was taken is thinned out. It never has more than 128,000 objects.
 */
final class LayoutSample {

	/** A small dump is read as a whole, more or less. */
	private static final int ALL_RECORDS = 128_000;

	/** Of a large one so much of each segment is enough. */
	private static final int LEAST_RECORDS = 1_000;

	private static final int SEGMENTS = 32;

	private final List<Run> runs = new ArrayList<>();

	private int segments;

	/** At least the number of segments, a power of two. */
	private int roundedSegments = 1;

	private Run current = new Run(0);

	/** A sample of a dump of which the segments come one by one. */
	LayoutSample() {
	}

	/** Reads the sample of a dump. */
	static LayoutSample read(HprofFile file, List<Segment> segments) throws IOException {
		LayoutSample sample = new LayoutSample();
		sample.roundUp(segments.size());
		RecordCursor records = file.cursor();
		for (Segment segment : segments) {
			boolean wanted = sample.nextSegment();
			records.in(segment);
			while (wanted && records.next()) {
				wanted = sample.add(records);
			}
		}
		return sample;
	}

	private void roundUp(int count) {
		while (this.roundedSegments < count) {
			this.roundedSegments *= 2;
		}
	}

	/** Every so many segments one is sampled. */
	private int step() {
		return Math.max(1, this.roundedSegments / SEGMENTS);
	}

	/** How many records of a segment are sampled. */
	private int most() {
		return Math.max(LEAST_RECORDS, ALL_RECORDS / this.roundedSegments);
	}

	/** Begins the next segment, and tells whether any of its records are wanted. */
	boolean nextSegment() {
		int number = this.segments++;
		int before = this.roundedSegments;
		roundUp(this.segments);
		if (this.roundedSegments > before) {
			this.runs.removeIf((run) -> run.segment % step() != 0);
			this.runs.forEach((run) -> run.truncate(most()));
		}
		if (number % step() != 0) {
			return false;
		}
		this.current = new Run(number);
		this.runs.add(this.current);
		return true;
	}

	/** Takes a record, and tells whether the next one is wanted too. */
	boolean add(RecordCursor record) {
		this.current.add(record);
		return this.current.size < most();
	}

	/** Concludes the layout. */
	ObjectLayout infer(HprofFile file, ClassTable classes) {
		long[] sorted = this.runs.stream().flatMapToLong(Run::objects).sorted().toArray();
		LayoutEvidence evidence = new LayoutEvidence();
		for (Run run : this.runs) {
			for (int i = 0; i < run.size; i++) {
				int at = run.isObject(i) ? Arrays.binarySearch(sorted, run.ids[i]) : -1;
				if (at >= 0 && at + 1 < sorted.length) {
					run.tell(i, sorted[at + 1] - run.ids[i], classes, evidence);
				}
			}
		}
		return ObjectLayout.infer(file.idSize(), evidence, LayoutScan.release(classes));
	}

	/** The first records of a segment. */
	private static final class Run {

		private final int segment;

		private int size;

		private long[] ids = new long[LEAST_RECORDS];

		private long[] classIds = new long[LEAST_RECORDS];

		private int[] lengths = new int[LEAST_RECORDS];

		/** The tag of a record, or the type of a primitive array's elements. */
		private byte[] kinds = new byte[LEAST_RECORDS];

		Run(int segment) {
			this.segment = segment;
		}

		void add(RecordCursor record) {
			if (this.size == this.ids.length) {
				resize(2 * this.size);
			}
			int tag = record.tag();
			this.ids[this.size] = record.id();
			this.classIds[this.size] = record.classId();
			this.lengths[this.size] = record.length();
			this.kinds[this.size] = (byte) ((tag == RecordCursor.PRIMITIVE_ARRAY) ? record.elementType()
					: (tag > RecordCursor.PRIMITIVE_ARRAY || tag < RecordCursor.CLASS) ? 0 : tag);
			this.size++;
		}

		void truncate(int most) {
			if (this.size > most) {
				this.size = most;
				resize(most);
			}
		}

		private void resize(int capacity) {
			this.ids = Arrays.copyOf(this.ids, capacity);
			this.classIds = Arrays.copyOf(this.classIds, capacity);
			this.lengths = Arrays.copyOf(this.lengths, capacity);
			this.kinds = Arrays.copyOf(this.kinds, capacity);
		}

		boolean isObject(int record) {
			return this.kinds[record] != 0;
		}

		LongStream objects() {
			return IntStream.range(0, this.size).filter(this::isObject).mapToLong((i) -> this.ids[i]);
		}

		void tell(int record, long gapBytes, ClassTable classes, LayoutEvidence evidence) {
			switch (this.kinds[record]) {
				case RecordCursor.INSTANCE -> {
					HeapClass type = classes.find(this.classIds[record]);
					if (type != null && type != classes.classOfClasses()) {
						evidence.addInstance(type.shape(), gapBytes);
					}
				}
				case RecordCursor.CLASS -> {
					// Its static fields are in it: as large as no other object.
				}
				case RecordCursor.OBJECT_ARRAY -> evidence.addArray(BasicType.OBJECT, this.lengths[record], gapBytes);
				default -> evidence.addArray(this.kinds[record], this.lengths[record], gapBytes);
			}
		}

	}

}
