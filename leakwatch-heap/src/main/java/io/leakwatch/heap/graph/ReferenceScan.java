package io.leakwatch.heap.graph;

import java.io.IOException;

import io.leakwatch.heap.hprof.BasicType;
import io.leakwatch.heap.hprof.ClassRecord;
import io.leakwatch.heap.hprof.RecordCursor;
import io.leakwatch.heap.memory.Memory;

/**
 * The second scan of the objects: who refers to whom. References to inner objects become
 * rows; of a leaf the first holder is kept, and every further one in a list.
 */
final class ReferenceScan implements ScanTasks.Scan {

	private final ClassTable classes;

	private final ObjectIndex index;

	private final int innerCount;

	private final LeafHolders leaves;

	private final ReferenceRows.Writer rows;

	private final ClassNumbers classOf;

	private final int idSize;

	/** Triples of a leaf that is held already, the holder and the field. */
	private final IntList furtherHolders;

	/** Pairs of a soft reference and its referent, both numbers of objects. */
	private final IntList softReferences;

	/** Pairs of a finalizer reference and its referent. */
	private final IntList finalReferences;

	private int holder;

	ReferenceScan(ClassTable classes, ObjectIndex index, LeafHolders leaves, ReferenceRows rows, ClassNumbers classOf,
			int idSize, Memory memory) {
		this.classes = classes;
		this.index = index;
		this.innerCount = index.innerCount();
		this.leaves = leaves;
		this.rows = rows.writer();
		this.classOf = classOf;
		this.idSize = idSize;
		this.furtherHolders = new IntList(memory);
		this.softReferences = new IntList(memory);
		this.finalReferences = new IntList(memory);
	}

	@Override
	public void segment(RecordCursor records) throws IOException {
		while (records.next()) {
			switch (records.tag()) {
				case RecordCursor.INSTANCE -> instance(records);
				case RecordCursor.OBJECT_ARRAY -> array(records);
				case RecordCursor.CLASS -> classObject(records);
				default -> {
				}
			}
		}
	}

	private void instance(RecordCursor record) throws IOException {
		HeapClass type = this.classes.orUnknown(record.classId());
		int[] offsets = type.referenceOffsets();
		boolean keepsClass = type.isKeptByObjects();
		boolean refers = type.referenceKind() != ReferenceKind.STRONG;
		if (offsets.length == 0 && type.isLeaf()) {
			return;
		}
		begin(record.id(), type);
		long body = record.body();
		int last = record.length() - this.idSize;
		for (int slot = 0; slot < offsets.length; slot++) {
			if (offsets[slot] <= last) {
				reference(record.readId(body + offsets[slot]), slot);
			}
		}
		if (keepsClass) {
			reference(type.id(), HeapClass.TO_CLASS);
		}
		end();
		if (refers && type.referentOffset() >= 0 && type.referentOffset() <= last) {
			referent(type.referenceKind(), record.readId(body + type.referentOffset()));
		}
	}

	private void referent(ReferenceKind kind, long id) {
		IntList kept = (kind == ReferenceKind.SOFT) ? this.softReferences
				: (kind == ReferenceKind.FINAL) ? this.finalReferences : null;
		int target = (kept != null && id != 0) ? this.index.find(id) : -1;
		if (target >= 0 && kept != null) {
			kept.add(this.holder);
			kept.add(target);
		}
	}

	private void array(RecordCursor record) throws IOException {
		HeapClass type = this.classes.orUnknown(record.classId());
		begin(record.id(), type);
		long at = record.body();
		for (int i = 0; i < record.length(); i++) {
			reference(record.readId(at), HeapClass.ELEMENT);
			at += this.idSize;
		}
		if (type.isKeptByObjects()) {
			reference(type.id(), HeapClass.TO_CLASS);
		}
		end();
	}

	private void classObject(RecordCursor record) throws IOException {
		ClassRecord each = record.readClass();
		begin(record.id(), this.classes.classOfClasses());
		int slot = 0;
		for (int i = 0; i < each.staticTypes().length; i++) {
			if (each.staticTypes()[i] == BasicType.OBJECT) {
				reference(each.staticValues()[i], Math.min(slot++, HeapClass.TO_PART - 1));
			}
		}
		reference(each.superId(), HeapClass.TO_PART);
		reference(each.loaderId(), HeapClass.TO_LOADER);
		reference(each.signersId(), HeapClass.TO_PART);
		reference(each.protectionDomainId(), HeapClass.TO_PART);
		end();
	}

	private void begin(long id, HeapClass type) {
		this.holder = this.index.find(id);
		if (this.holder >= 0 && this.holder < this.innerCount) {
			this.classOf.set(this.holder, type.index());
			this.rows.begin(this.holder);
		}
	}

	private void end() {
		if (this.holder < this.innerCount) {
			this.rows.end();
		}
	}

	private void reference(long id, int slot) {
		if (id == 0) {
			return;
		}
		int target = this.index.find(id);
		if (target < 0 || target == this.holder) {
			return;
		}
		if (target >= this.innerCount) {
			if (!this.leaves.hold(target - this.innerCount, this.holder, slot)) {
				this.furtherHolders.add(target);
				this.furtherHolders.add(this.holder);
				this.furtherHolders.add(slot);
			}
		}
		else if (this.holder < this.innerCount) {
			this.rows.add(target, slot);
		}
	}

	IntList furtherHolders() {
		return this.furtherHolders;
	}

	IntList softReferences() {
		return this.softReferences;
	}

	IntList finalReferences() {
		return this.finalReferences;
	}

}
