package io.leakwatch.heap.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.heap.hprof.BasicType;
import io.leakwatch.heap.hprof.ClassRecord;
import io.leakwatch.heap.hprof.RecordCursor;

/** Counts the objects of each class, and the bytes of arrays. */
final class HistogramScan implements ScanTasks.Scan {

	private final ClassTable classes;

	private final ObjectLayout layout;

	private final ObjectSizes sizes;

	private final long[] counts;

	private final long[] bytes;

	private final List<ClassRecord> lateClasses = new ArrayList<>();

	HistogramScan(ClassTable classes, ObjectLayout layout, ObjectSizes sizes) {
		this.classes = classes;
		this.layout = layout;
		this.sizes = sizes;
		this.counts = new long[classes.size()];
		this.bytes = new long[classes.size()];
	}

	@Override
	public void segment(RecordCursor records) throws IOException {
		long lastId = 0;
		int last = this.classes.orUnknown(0).index();
		boolean stackChunk = false;
		while (records.next()) {
			switch (records.tag()) {
				case RecordCursor.INSTANCE -> {
					if (records.classId() != lastId) {
						lastId = records.classId();
						HeapClass type = this.classes.orUnknown(lastId);
						last = type.index();
						stackChunk = this.sizes.isStackChunk(type);
					}
					if (stackChunk) {
						HeapClass type = this.classes.orUnknown(lastId);
						this.bytes[last] += this.sizes.shallowBytes(type, records) - type.instanceBytes();
					}
					this.counts[last]++;
				}
				case RecordCursor.OBJECT_ARRAY ->
					array(this.classes.orUnknown(records.classId()).index(), BasicType.OBJECT, records.length());
				case RecordCursor.PRIMITIVE_ARRAY, RecordCursor.PRIMITIVE_ARRAY_WITHOUT_DATA ->
					array(this.classes.arrayOf(records.elementType()).index(), records.elementType(), records.length());
				case RecordCursor.CLASS -> classObject(records);
				default -> {
				}
			}
		}
	}

	private void array(int type, int elementType, int length) {
		this.counts[type]++;
		this.bytes[type] += this.layout.arrayBytes(elementType, length);
	}

	private void classObject(RecordCursor record) throws IOException {
		HeapClass mirrored = this.classes.find(record.id());
		if (mirrored == null) {
			this.lateClasses.add(record.readClass());
			return;
		}
		HeapClass type = this.classes.classOfClasses();
		this.counts[type.index()]++;
		// The static fields are in the object that the class is, so its size is its own.
		this.bytes[type.index()] += this.sizes.shallowBytes(type, record) - type.instanceBytes();
	}

	long count(int type) {
		return this.counts[type];
	}

	/** The bytes of arrays, and what other objects have beyond an instance's size. */
	long bytes(int type) {
		return this.bytes[type];
	}

	List<ClassRecord> lateClasses() {
		return this.lateClasses;
	}

}
