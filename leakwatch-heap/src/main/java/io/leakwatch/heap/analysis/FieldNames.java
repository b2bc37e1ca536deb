package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.profile.PathTree;

/** Numbers for the names of fields and of roots. Safe for several threads. */
final class FieldNames {

	private final HeapGraph graph;

	private final List<String> names = new ArrayList<>();

	private final Map<String, Integer> numbers = new HashMap<>();

	private final int[][] byClass;

	private final int element;

	private final int toClass;

	private final int toLoader;

	private final int toPart;

	FieldNames(HeapGraph graph) {
		this.graph = graph;
		this.byClass = new int[graph.classes().all().size()][];
		this.element = number(PathTree.ELEMENT);
		this.toClass = number("<class>");
		this.toLoader = number("<class loader>");
		this.toPart = number("<superclass>");
	}

	synchronized int number(String name) {
		return this.numbers.computeIfAbsent(name, (key) -> {
			this.names.add(key);
			return this.names.size() - 1;
		});
	}

	synchronized String name(int number) {
		return (number >= 0) ? this.names.get(number) : PathTree.REST;
	}

	/** The field of an object's class, by the number of the reference. */
	int of(HeapClass type, int slot) throws IOException {
		if (slot >= HeapClass.TO_PART) {
			return switch (slot) {
				case HeapClass.ELEMENT -> this.element;
				case HeapClass.TO_CLASS -> this.toClass;
				case HeapClass.TO_LOADER -> this.toLoader;
				default -> this.toPart;
			};
		}
		int[] known = this.byClass[type.index()];
		return (known != null && slot < known.length && known[slot] != 0) ? known[slot] - 1 : added(type, slot);
	}

	private synchronized int added(HeapClass type, int slot) throws IOException {
		int number = number(this.graph.fieldName(type, slot));
		int[] known = this.byClass[type.index()];
		int[] more = (known == null) ? new int[slot + 1] : Arrays.copyOf(known, Math.max(known.length, slot + 1));
		more[slot] = number + 1;
		this.byClass[type.index()] = more;
		return number;
	}

	int ofStatic(HeapClass mirrored, int slot) throws IOException {
		return number("static " + this.graph.staticName(mirrored, slot));
	}

}
