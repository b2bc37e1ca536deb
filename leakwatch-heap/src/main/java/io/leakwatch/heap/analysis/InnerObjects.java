package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ReferenceRows;
import io.leakwatch.heap.profile.Steps;

/**
 * Follows fields from one object to another by the rows of the graph, without a read of
 * the dump. What a field refers to is seen where it is no leaf.
 */
final class InnerObjects {

	private static final Set<String> TO_NODES = Set.of("table", "nextTable", "next", "first");

	private final HeapGraph graph;

	private final FieldNames fields;

	InnerObjects(HeapGraph graph, FieldNames fields) {
		this.graph = graph;
		this.fields = fields;
	}

	/** What a field of an object refers to, -1 for nothing that is no leaf. */
	int follow(int object, String field) throws IOException {
		ReferenceRows rows = this.graph.rows();
		for (int place = rows.start(object); place != 0; place = rows.next(place)) {
			if (field(object, rows.slot(place)).equals(field)) {
				return rows.target(place);
			}
		}
		return -1;
	}

	/** The name of a field without the class that declares it. */
	String field(int object, int slot) throws IOException {
		String step = this.fields.name(this.fields.of(this.graph.classOf(object), slot));
		return step.substring(step.lastIndexOf('.') + 1);
	}

	/**
	 * The nodes that a hash map of the JDK has its entries in, whatever its bins are made
	 * of, while it is being resized too. A damaged map, even a cyclic one, gives what can
	 * be found.
	 */
	Set<Integer> nodes(int map) throws IOException {
		ReferenceRows rows = this.graph.rows();
		Set<Integer> seen = new LinkedHashSet<>();
		Deque<Integer> open = new ArrayDeque<>();
		open.push(map);
		while (!open.isEmpty()) {
			int object = open.pop();
			boolean array = this.graph.classOf(object).name().startsWith("[");
			for (int place = rows.start(object); place != 0; place = rows.next(place)) {
				int target = rows.target(place);
				boolean leadsOn = array || TO_NODES.contains(field(object, rows.slot(place)));
				if (leadsOn && isPartOfMap(target) && seen.add(target)) {
					open.push(target);
				}
			}
		}
		return seen;
	}

	private boolean isPartOfMap(int object) {
		String element = Steps.elementClass(this.graph.classOf(object).name());
		return element.startsWith("java.util.concurrent.ConcurrentHashMap$") || element.startsWith("java.util.HashMap$")
				|| element.startsWith("java.util.LinkedHashMap$");
	}

}
