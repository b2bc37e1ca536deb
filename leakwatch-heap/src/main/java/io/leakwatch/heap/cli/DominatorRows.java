package io.leakwatch.heap.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.leakwatch.heap.analysis.RetainedObject;

/**
 * The largest objects as the rows of a tree: each below the one that dominates it, and a
 * chain of objects of one class, as a linked list is, in one row.
 */
final class DominatorRows {

	/** A link of a chain holds at least nine tenths of what the link before holds. */
	private static final double LEAST_OF_A_LINK = 0.9;

	/** The objects below each, and those at the top below 0. */
	private final Map<Long, List<RetainedObject>> below = new HashMap<>();

	/** The first of each chain, those that retain the most first. */
	private final List<RetainedObject> heads = new ArrayList<>();

	/** The first of the chain that an object is in. */
	private final Map<Long, RetainedObject> chainOf = new HashMap<>();

	private final Map<Long, Integer> chainLengths = new HashMap<>();

	/**
	 * Arranges objects.
	 * @param largest the objects, those that retain the most first, so that none comes
	 * before the one that dominates it
	 */
	DominatorRows(List<RetainedObject> largest) {
		Map<Long, RetainedObject> byId = new HashMap<>();
		for (RetainedObject each : largest) {
			byId.put(each.id(), each);
		}
		for (RetainedObject each : largest) {
			RetainedObject above = byId.get(each.dominatorId());
			RetainedObject head = (above != null) ? this.chainOf.get(above.id()) : null;
			if (above != null && head != null && above.className().equals(each.className())
					&& each.retainedBytes() >= LEAST_OF_A_LINK * above.retainedBytes()) {
				this.chainOf.put(each.id(), head);
				this.chainLengths.merge(head.id(), 1, Integer::sum);
			}
			else {
				this.heads.add(each);
				this.chainOf.put(each.id(), each);
				this.chainLengths.put(each.id(), 1);
				this.below.computeIfAbsent((head != null) ? head.id() : 0, (id) -> new ArrayList<>()).add(each);
			}
		}
	}

	/** How many rows there are. */
	int size() {
		return this.heads.size();
	}

	/** The rows that retain the most, in the order of the tree. */
	List<Row> largest(int count) {
		Set<Long> shown = new HashSet<>();
		for (RetainedObject each : this.heads.subList(0, count)) {
			shown.add(each.id());
		}
		List<Row> rows = new ArrayList<>();
		Deque<Row> pending = new ArrayDeque<>();
		push(pending, 0, 0);
		while (!pending.isEmpty()) {
			Row row = pending.pop();
			if (shown.contains(row.object().id())) {
				rows.add(row);
				push(pending, row.object().id(), row.depth() + 1);
			}
		}
		return rows;
	}

	/** Puts what is below an object on the stack, the largest on top. */
	private void push(Deque<Row> pending, long id, int depth) {
		List<RetainedObject> objects = this.below.getOrDefault(id, List.of());
		for (int i = objects.size() - 1; i >= 0; i--) {
			RetainedObject object = objects.get(i);
			pending.push(new Row(object, depth, this.chainLengths.getOrDefault(object.id(), 1)));
		}
	}

	/**
	 * A row.
	 *
	 * @param object the object, the first where it is a chain
	 * @param depth how many rows are above it in the tree
	 * @param chainLength how many objects the chain has, 1 where it is none
	 */
	record Row(RetainedObject object, int depth, int chainLength) {
	}

}
