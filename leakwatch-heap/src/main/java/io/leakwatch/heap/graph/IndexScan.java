package io.leakwatch.heap.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.heap.hprof.ClassRecord;
import io.leakwatch.heap.hprof.RecordCursor;

/**
 * The first scan of the objects: gives each its place in the index, and takes the roots.
 */
final class IndexScan implements ScanTasks.Scan {

	private final ClassTable classes;

	private final ObjectIndex.Adder adder;

	private final List<ClassRecord> lateClasses = new ArrayList<>();

	private final List<RootRecord> roots = new ArrayList<>();

	private boolean misaligned;

	IndexScan(ClassTable classes, ObjectIndex.Adder adder) {
		this.classes = classes;
		this.adder = adder;
	}

	@Override
	public void segment(RecordCursor records) throws IOException {
		long lastClass = 0;
		boolean leaf = false;
		boolean fits = true;
		while (records.next()) {
			switch (records.tag()) {
				case RecordCursor.INSTANCE -> {
					long classId = records.classId();
					if (classId != lastClass) {
						leaf = this.classes.orUnknown(classId).isLeaf();
						lastClass = classId;
					}
					fits &= this.adder.add(records.id(), leaf, records.offset());
				}
				case RecordCursor.PRIMITIVE_ARRAY, RecordCursor.PRIMITIVE_ARRAY_WITHOUT_DATA ->
					fits &= this.adder.add(records.id(), true, records.offset());
				case RecordCursor.OBJECT_ARRAY -> fits &= this.adder.add(records.id(), false, records.offset());
				case RecordCursor.CLASS -> {
					fits &= this.adder.addClass(records.id());
					if (records.id() != 0 && this.classes.find(records.id()) == null) {
						this.lateClasses.add(records.readClass());
					}
				}
				case RecordCursor.HEAP_INFO -> {
				}
				default -> this.roots
					.add(new RootRecord(records.id(), records.tag(), records.threadSerial(), records.frameNumber()));
			}
		}
		this.adder.flush();
		this.misaligned |= !fits;
	}

	List<ClassRecord> lateClasses() {
		return this.lateClasses;
	}

	List<RootRecord> roots() {
		return this.roots;
	}

	boolean misaligned() {
		return this.misaligned;
	}

	/** A root as the dump has it. */
	record RootRecord(long id, int tag, int threadSerial, int frameNumber) {
	}

}
