package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.heap.analysis.ContainerShape.Role;
import io.leakwatch.heap.analysis.ContainerSums.Sum;
import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.hprof.RecordCursor;
import io.leakwatch.heap.memory.LongTable;
import org.jspecify.annotations.Nullable;

/**
 * Counts what containers have in them, as their objects come along in the order of the
 * dump.
 *
 * <p>
 * An object's record is at hand once, so what belongs to one container but stands in
 * several records is put together by dominators: a container alone leads to its inner
 * parts, and to its arrays in particular. Most containers tell their number of entries in
 * a field of their own. Where they do not, the parts are counted into a table with a
 * place for each object: counters at once, linked nodes by a mark, which is resolved when
 * all objects were seen.
 */
final class ContainerTally {

	private static final int MOST_LARGEST = 50;

	/** A node without an item; far below any number of entries. */
	private static final long NODE = Long.MIN_VALUE;

	/** A node with an item. */
	private static final long NODE_WITH_ITEM = NODE + 1;

	/** What a node's place has when its container is known, plus the container. */
	private static final long NODE_OF = NODE + 2;

	/** All marks of nodes are below. */
	private static final long LEAST_COUNT = Long.MIN_VALUE / 2;

	private static final int MOST_STEPS = 8;

	private final HeapGraph graph;

	private final DepthFirstTree tree;

	private final DominatorTree dominators;

	private final LeafDominators leaves;

	private final PathSearch search;

	private final PathTrie trie;

	private final ContainerShapes shapes;

	private final PartCounts parts;

	private final int idSize;

	private final ContainerSums sums;

	private final LargestFirst largest = new LargestFirst(MOST_LARGEST);

	ContainerTally(HeapGraph graph, DepthFirstTree tree, DominatorTree dominators, LeafDominators leaves,
			PathSearch search, PathTrie trie, ContainerShapes shapes, PartCounts parts) {
		this.graph = graph;
		this.tree = tree;
		this.dominators = dominators;
		this.leaves = leaves;
		this.search = search;
		this.trie = trie;
		this.shapes = shapes;
		this.parts = parts;
		this.idSize = graph.file().idSize();
		this.sums = new ContainerSums(graph.classes().all().size());
	}

	/** Takes an inner object that some root leads to. */
	void object(int object, HeapClass type, long shallowBytes, RecordCursor record) throws IOException {
		ContainerShape shape = this.shapes.of(type.index());
		if (shape == null) {
			if (this.shapes.isTable(type.index()) && record.tag() == RecordCursor.OBJECT_ARRAY) {
				array(this.tree.number(object), shallowBytes, record);
			}
			return;
		}
		switch (shape.role()) {
			case SIZED -> sized(this.tree.number(object), type, shape, shape.entries(record), shallowBytes);
			case STRIPED -> {
				int v = this.tree.number(object);
				if (shape.hasLast(record)) {
					pending(v, type, shape, shallowBytes);
					this.parts.add(v, shape.entries(record));
				}
				else {
					sized(v, type, shape, shape.entries(record), shallowBytes);
				}
			}
			case SLOTTED -> {
				int v = this.tree.number(object);
				count(outermost(v, shape), v, type, shallowBytes);
			}
			case LINKED, SPLIT -> pending(this.tree.number(object), type, shape, shallowBytes);
			case COUNTER -> counter(this.dominators.dominator(this.tree.number(object)), shape.entries(record));
			case NODE -> this.parts.set(this.tree.number(object), shape.hasLast(record) ? NODE_WITH_ITEM : NODE);
			case WRAPPER, PART, NUMBER -> {
			}
		}
	}

	/** Takes a leaf that some root leads to. */
	void leaf(int leaf, HeapClass type, RecordCursor record) throws IOException {
		ContainerShape shape = this.shapes.of(type.index());
		if (shape == null) {
			return;
		}
		int holder = this.leaves.dominator(leaf);
		if (shape.role() == Role.COUNTER) {
			counter(holder, shape.entries(record));
		}
		else if (shape.role() == Role.NUMBER) {
			ContainerShape above = shapeOf(holder);
			if (above != null && (above.role() == Role.SPLIT || above.role() == Role.PART)) {
				counter(holder, shape.entries(record));
			}
		}
	}

	private void sized(int v, HeapClass type, ContainerShape shape, long told, long shallowBytes) {
		int outer = outermost(v, shape);
		Sum sum = count(outer, v, type, shallowBytes);
		long entries = Math.max(0, told);
		sum.entries(entries, shape);
		if (entries == 0) {
			sum.empty++;
			sum.emptyBytes += shallowBytes + wrapperBytes(outer, v);
		}
		this.largest.offer(outer, entries);
	}

	private void pending(int v, HeapClass type, ContainerShape shape, long shallowBytes) {
		int outer = outermost(v, shape);
		Sum sum = count(outer, v, type, shallowBytes);
		sum.pending++;
		sum.pendingBytes += shallowBytes + wrapperBytes(outer, v);
	}

	/** Most containers have no other one around them, so their class is at hand. */
	private Sum count(int outer, int v, HeapClass type, long shallowBytes) {
		Sum sum = this.sums.of((outer == v) ? type.index() : classNumber(outer));
		sum.count++;
		sum.shallowBytes += shallowBytes + wrapperBytes(outer, v);
		return sum;
	}

	private void counter(int above, long entries) {
		int container = containerAt(above);
		if (container != 0) {
			this.parts.add(container, entries);
		}
	}

	private void array(int v, long shallowBytes, RecordCursor record) throws IOException {
		int above = this.dominators.dominator(v);
		ContainerShape shape = shapeOf(above);
		if (shape == null) {
			return;
		}
		int container = outermost(containerAt(above));
		if (container == 0) {
			return;
		}
		boolean slotted = shape.role() == Role.SLOTTED;
		int filled = filledSlots(record, slotted ? Integer.MAX_VALUE : 1);
		Sum sum = this.sums.of(classNumber(container));
		sum.shallowBytes += shallowBytes;
		sum.capacity += record.length();
		if (filled == 0) {
			sum.emptyBytes += shallowBytes;
		}
		else {
			sum.slots += record.length();
		}
		if (slotted) {
			sum.entries(filled, shape);
			if (filled == 0) {
				sum.empty++;
				sum.emptyBytes += ownBytes(above) + wrapperBytes(container, above);
			}
			this.largest.offer(container, filled);
		}
	}

	private int filledSlots(RecordCursor record, int enough) throws IOException {
		int filled = 0;
		long at = record.body();
		for (int i = 0; i < record.length() && filled < enough; i++) {
			if (record.readId(at) != 0) {
				filled++;
			}
			at += this.idSize;
		}
		return filled;
	}

	/**
	 * The container that an inner part belongs to, itself or one above, 0 where there is
	 * none.
	 */
	private int containerAt(int from) {
		int at = from;
		for (int i = 0; i < MOST_STEPS; i++) {
			ContainerShape shape = shapeOf(at);
			if (shape == null) {
				return 0;
			}
			if (shape.role().isContainer()) {
				return at;
			}
			if (shape.role() != Role.PART && shape.role() != Role.COUNTER) {
				return 0;
			}
			at = this.dominators.dominator(at);
		}
		return 0;
	}

	/** The set or cache that has a container to itself, the container otherwise. */
	private int outermost(int v) {
		ContainerShape own = shapeOf(v);
		return (own != null) ? outermost(v, own) : v;
	}

	private int outermost(int v, ContainerShape own) {
		int outer = v;
		for (int i = 0; i < MOST_STEPS && own.wrapped(); i++) {
			int above = this.dominators.dominator(outer);
			ContainerShape shape = shapeOf(above);
			if (shape == null || shape.role() != Role.WRAPPER || !wraps(shape, outer)) {
				return outer;
			}
			outer = above;
		}
		return outer;
	}

	/**
	 * Whether it is by its field for one that a wrapper has a container: a cache may have
	 * another map besides. The shortest path to the container ends in that field then;
	 * where there was no room for the path, it is taken to be so.
	 */
	private boolean wraps(ContainerShape wrapper, int v) {
		int node = this.search.node(this.tree.object(v));
		return this.trie.field(node) == wrapper.wrappedBy() || this.trie.classNumber(node) == PathTrie.REST;
	}

	private @Nullable ContainerShape shapeOf(int v) {
		return (v != 0) ? this.shapes.of(classNumber(v)) : null;
	}

	private int classNumber(int v) {
		return this.graph.classNumber(this.tree.object(v));
	}

	private long ownBytes(int v) {
		return this.graph.classOf(this.tree.object(v)).instanceBytes();
	}

	private long wrapperBytes(int outer, int v) {
		long bytes = 0;
		for (int at = v; at != outer;) {
			at = this.dominators.dominator(at);
			bytes += ownBytes(at);
		}
		return bytes;
	}

	/**
	 * Adds up what several threads have seen and resolves what could not be counted at
	 * once.
	 */
	static ContainerTally merge(List<ContainerTally> tallies) {
		ContainerTally merged = tallies.get(0);
		for (ContainerTally other : tallies.subList(1, tallies.size())) {
			merged.sums.addAll(other.sums);
			merged.largest.addAll(other.largest);
		}
		merged.resolveNodes();
		merged.countParts();
		return merged;
	}

	/**
	 * A dominator has a smaller number, so what is above a node is resolved before it.
	 */
	private void resolveNodes() {
		for (int v = this.parts.next(1); v > 0; v = this.parts.next(v + 1)) {
			long mark = this.parts.get(v);
			if (mark < LEAST_COUNT) {
				int above = this.dominators.dominator(v);
				long known = this.parts.get(above);
				int container = (known < LEAST_COUNT) ? (int) (known - NODE_OF) : linked(above);
				this.parts.set(v, NODE_OF + container);
				if (mark == NODE_WITH_ITEM && container != 0) {
					this.parts.add(container, 1);
				}
			}
		}
	}

	private int linked(int v) {
		ContainerShape shape = shapeOf(v);
		return (shape != null && shape.role() == Role.LINKED) ? v : 0;
	}

	private void countParts() {
		for (int v = this.parts.next(1); v > 0; v = this.parts.next(v + 1)) {
			long entries = this.parts.get(v);
			ContainerShape shape = (entries > 0) ? shapeOf(v) : null;
			if (shape != null) {
				int outer = outermost(v);
				Sum sum = this.sums.of(classNumber(outer));
				sum.entries(entries, shape);
				sum.pendingWithEntries++;
				this.largest.offer(outer, entries);
			}
		}
		this.sums.settle();
	}

	/** The classes and the largest containers, once retained sizes are known. */
	CollectionUses result(LongTable retained, HolderWords holders) {
		List<LargeCollection> collections = new ArrayList<>();
		for (LargestFirst.Entry each : this.largest.sorted()) {
			int object = this.tree.object(each.key());
			collections.add(new LargeCollection(this.graph.id(object), this.graph.classOf(object).name(), each.number(),
					retained.get(each.key()), holders.of(this.search.node(object))));
		}
		return new CollectionUses(this.sums.uses(this.graph), collections);
	}

}
