package io.leakwatch.heap.analysis;

import java.io.IOException;

import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ObjectVisitor;
import io.leakwatch.heap.hprof.BasicType;
import io.leakwatch.heap.hprof.RecordCursor;

/**
 * Shows each object that some root leads to, in one scan of the dump, to all who count
 * something: sizes first, then containers, references, and the characters of strings.
 */
final class ObjectTally implements ObjectVisitor {

	private final HeapGraph graph;

	private final SizeVisitor sizes;

	private final ContainerTally containers;

	private final ReferenceTally references;

	private final StringCopies.Writer copies;

	/** For each class whether there is nothing to count in its objects but their size. */
	private final boolean[] plain;

	private final TextHash hash = new TextHash();

	ObjectTally(HeapGraph graph, SizeVisitor sizes, ContainerTally containers, ReferenceTally references,
			StringCopies.Writer copies, boolean[] plain) {
		this.graph = graph;
		this.sizes = sizes;
		this.containers = containers;
		this.references = references;
		this.copies = copies;
		this.plain = plain;
	}

	@Override
	public void object(int object, HeapClass type, long shallowBytes, RecordCursor record) throws IOException {
		boolean leaf = object >= this.graph.innerCount();
		if (leaf) {
			this.references.leaf(object, type);
		}
		int node = this.sizes.add(object, type, shallowBytes);
		if (node < 0 || this.plain[type.index()]) {
			return;
		}
		if (!leaf) {
			this.containers.object(object, type, shallowBytes, record);
			this.references.object(object, type, record);
		}
		else if (record.tag() == RecordCursor.INSTANCE) {
			this.containers.leaf(object, type, record);
		}
		else if (record.tag() == RecordCursor.PRIMITIVE_ARRAY && this.graph.holder(object) >= this.graph.innerCount()) {
			// Of all leaves only strings refer to others.
			characters(object, node, record);
		}
	}

	private void characters(int array, int node, RecordCursor record) throws IOException {
		int elementType = record.elementType();
		long bytes = (long) record.length() * BasicType.size(elementType, this.graph.file().idSize());
		this.copies.add(this.hash.of(record, bytes), record.length(), elementType, array, node);
	}

	SizeVisitor sizes() {
		return this.sizes;
	}

	ContainerTally containers() {
		return this.containers;
	}

	ReferenceTally references() {
		return this.references;
	}

}
