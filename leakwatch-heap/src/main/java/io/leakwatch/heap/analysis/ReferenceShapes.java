package io.leakwatch.heap.analysis;

import java.io.IOException;

import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.InstanceField;
import io.leakwatch.heap.graph.ReferenceKind;
import org.jspecify.annotations.Nullable;

/** Where reference objects and their queues have what is counted. Immutable. */
final class ReferenceShapes {

	private static final String REFERENCE = "java.lang.ref.Reference";

	private static final String QUEUE = "java.lang.ref.ReferenceQueue";

	private final @Nullable Shape[] shapes;

	/** What a reference has in place of its queue while it waits there. */
	private final long enqueued;

	ReferenceShapes(HeapGraph graph) throws IOException {
		this.shapes = new @Nullable Shape[graph.classes().all().size()];
		long mark = 0;
		for (HeapClass type : graph.classes().all()) {
			if (type.name().equals(QUEUE)) {
				mark = graph.staticReference(type, "ENQUEUED");
			}
			for (HeapClass each = type; each != null; each = each.superclass()) {
				if (each.name().equals(REFERENCE) && type.referenceKind() != ReferenceKind.STRONG) {
					this.shapes[type.index()] = new Shape(InstanceField.of(graph, type, each, "referent"),
							InstanceField.of(graph, type, each, "queue"), null);
				}
				else if (each.name().equals(QUEUE)) {
					this.shapes[type.index()] = new Shape(null, null,
							InstanceField.of(graph, type, each, "queueLength"));
				}
			}
		}
		this.enqueued = mark;
	}

	@Nullable Shape of(int classNumber) {
		return this.shapes[classNumber];
	}

	boolean isEnqueued(long queue) {
		return queue != 0 && queue == this.enqueued;
	}

	/**
	 * The fields of a reference or of a queue.
	 *
	 * @param referent what a reference refers to
	 * @param queue the queue of a reference
	 * @param queueLength how many references are in a queue
	 */
	record Shape(@Nullable InstanceField referent, @Nullable InstanceField queue, @Nullable InstanceField queueLength) {
	}

}
