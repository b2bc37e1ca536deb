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
import io.leakwatch.heap.profile.StableName;
import org.jspecify.annotations.Nullable;

/**
 * Names that a profile has: those of classes, and those of fields and roots with a number
 * for each. Safe for several threads.
 */
final class FieldNames {

	private final HeapGraph graph;

	private final List<String> names = new ArrayList<>();

	private final Map<String, Integer> numbers = new HashMap<>();

	private final int[][] byClass;

	private final @Nullable String[] classNames;

	private final int element;

	private final int toClass;

	private final int toLoader;

	private final int toPart;

	FieldNames(HeapGraph graph) {
		this.graph = graph;
		this.byClass = new int[graph.classes().all().size()][];
		this.classNames = new @Nullable String[this.byClass.length];
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

	/** The name of a class, the same in each run of the program. */
	synchronized String className(int classNumber) {
		String known = this.classNames[classNumber];
		if (known == null) {
			known = StableName.ofClass(this.graph.classes().all().get(classNumber).name());
			this.classNames[classNumber] = known;
		}
		return known;
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
		int number = number(StableName.ofField(this.graph.fieldName(type, slot)));
		int[] known = this.byClass[type.index()];
		int[] more = (known == null) ? new int[slot + 1] : Arrays.copyOf(known, Math.max(known.length, slot + 1));
		more[slot] = number + 1;
		this.byClass[type.index()] = more;
		return number;
	}

	int ofStatic(HeapClass mirrored, int slot) throws IOException {
		return number(StableName.ofField("static " + this.graph.staticName(mirrored, slot)));
	}

}
