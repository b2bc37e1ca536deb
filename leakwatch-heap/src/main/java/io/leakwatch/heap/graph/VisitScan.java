package io.leakwatch.heap.graph;

import java.io.IOException;

import io.leakwatch.heap.hprof.RecordCursor;

/**
 * Shows the objects of a scan to a visitor.
 *
 * @param <V> the type of the visitor
 */
final class VisitScan<V extends ObjectVisitor> implements ScanTasks.Scan {

	private final HeapGraph graph;

	private final V visitor;

	VisitScan(HeapGraph graph, V visitor) {
		this.graph = graph;
		this.visitor = visitor;
	}

	@Override
	public void segment(RecordCursor records) throws IOException {
		ClassTable classes = this.graph.classes();
		while (records.next()) {
			HeapClass type = classes.classOf(records);
			int object = (type != null) ? this.graph.find(records.id()) : -1;
			if (type != null && object >= 0) {
				this.visitor.object(object, type, this.graph.shallowBytes(type, records), records);
			}
		}
	}

	V visitor() {
		return this.visitor;
	}

}
