package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.util.List;

import io.leakwatch.heap.graph.InstanceField;
import io.leakwatch.heap.hprof.RecordCursor;

/**
 * What is known of a class whose objects are containers or inner parts of one.
 *
 * @param role what its objects are
 * @param fields the fields that the role needs
 * @param indexStep for a queue that tells where it is read and written: by how much these
 * indexes move for each entry; 0 for every other container
 * @param slotsPerEntry how many slots of its array an entry takes
 * @param nodeBytes what a container has for each entry besides slots
 * @param wrapped whether a set or cache may have it to itself
 * @param wrappedBy for a wrapper the number of the field by which it has its container
 */
record ContainerShape(Role role, List<InstanceField> fields, int indexStep, int slotsPerEntry, long nodeBytes,
		boolean wrapped, int wrappedBy) {

	/**
	 * The entries that a record tells of; no more than a heap can have, since a damaged
	 * dump may tell anything.
	 */
	long entries(RecordCursor record) throws IOException {
		long told = this.fields.get(0).value(record);
		if (this.indexStep > 0) {
			told = (told - this.fields.get(1).value(record)) / this.indexStep;
		}
		return Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, told));
	}

	/** Whether a striped count has cells too, or a node holds something. */
	boolean hasLast(RecordCursor record) throws IOException {
		return !this.fields.isEmpty() && this.fields.get(this.fields.size() - 1).value(record) != 0;
	}

	/** What an object is to a container. */
	enum Role {

		/** A container that has the number of its entries in a field. */
		SIZED,

		/** A map whose number of entries may be spread over cells. */
		STRIPED,

		/** A container that has as many entries as its array has filled slots. */
		SLOTTED,

		/** A container that has as many entries as it has nodes with an item. */
		LINKED,

		/** A container whose parts count their own entries. */
		SPLIT,

		/** A set over a map, or the like: it has another container to itself. */
		WRAPPER,

		/** Something between a container and its parts. */
		PART,

		/** A part that counts entries. */
		COUNTER,

		/** A number that may count the entries of the split container that holds it. */
		NUMBER,

		/** A part that is linked to others like it, and may have an item. */
		NODE;

		/** Whether the objects are containers that have entries themselves. */
		boolean isContainer() {
			return compareTo(SPLIT) <= 0;
		}

	}

}
