package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.leakwatch.heap.analysis.PathSearch.Root;
import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ReferenceRows;
import io.leakwatch.heap.graph.Work;
import io.leakwatch.heap.hprof.LongMap;
import io.leakwatch.heap.memory.IntTable;
import io.leakwatch.heap.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * A breadth-first walk over the objects of a heap, from all roots at once: for each
 * object how far it is from a root, the object before it, and the node of its way among
 * the merged ones. Of several shortest ways the one is taken whose root comes first.
 */
final class BreadthFirstTree {

	private static final int PROGRESS_STEP = 1 << 20;

	private final HeapGraph graph;

	private final ReferenceRows rows;

	private final PathTrie trie = new PathTrie(PathTrie.MAXIMUM_NODES);

	private final FieldNames fields;

	private final Map<Integer, Root> roots = new HashMap<>();

	private final LongMap classByObject = new LongMap();

	private final IntTable queue;

	/** For each inner object its distance plus one, 0 where no root leads to it. */
	private final IntTable distances;

	/** For each inner object the one before it plus one, 0 for a root. */
	private final IntTable parents;

	/** For each inner object the node of its way. */
	private final IntTable nodes;

	private int tail;

	BreadthFirstTree(HeapGraph graph, List<Root> roots, Memory memory, Work work) throws IOException {
		this.graph = graph;
		this.rows = graph.rows();
		this.fields = new FieldNames(graph);
		this.queue = memory.ints(graph.innerCount());
		this.distances = memory.ints(graph.innerCount());
		this.parents = memory.ints(graph.innerCount());
		this.nodes = memory.ints(graph.innerCount());
		for (HeapClass each : graph.classes().all()) {
			int object = (each.id() != 0) ? graph.find(each.id()) : -1;
			if (object >= 0) {
				this.classByObject.put(object, each.index());
			}
		}
		for (Root root : roots) {
			if (this.roots.putIfAbsent(root.object(), root) == null && root.object() < graph.innerCount()) {
				visit(root.object(), -1, 0, rootNode(root, graph.classNumber(root.object())));
			}
		}
		walk(work);
		this.queue.free();
		chooseHolders();
	}

	private int rootNode(Root root, int classNumber) {
		return this.trie.rootChild(this.fields.number(root.label()), classNumber);
	}

	private void walk(Work work) throws IOException {
		for (int head = 0; head < this.tail; head++) {
			int object = this.queue.get(head);
			for (int place = this.rows.start(object); place != 0; place = this.rows.next(place)) {
				int target = this.rows.target(place);
				if (this.distances.get(target) == 0) {
					visit(target, object, this.distances.get(object),
							childNode(object, this.rows.slot(place), this.graph.classNumber(target)));
				}
			}
			if ((head & (PROGRESS_STEP - 1)) == 0) {
				work.progress("paths", (double) head / this.nodes.size());
			}
		}
	}

	private void visit(int object, int parent, int distance, int node) {
		this.distances.set(object, distance + 1);
		this.parents.set(object, parent + 1);
		this.nodes.set(object, node);
		this.queue.set(this.tail++, object);
	}

	private int childNode(int holder, int slot, int classNumber) throws IOException {
		int field = field(holder, slot);
		return beginsWay(holder, slot) ? this.trie.rootChild(field, classNumber)
				: this.trie.child(this.nodes.get(holder), field, classNumber);
	}

	/** Strings are the only leaves that refer to others. */
	private int field(int holder, int slot) throws IOException {
		if (holder >= this.graph.innerCount()) {
			return this.fields.of(this.graph.classes().string(), slot);
		}
		HeapClass mirrored = mirrored(holder, slot);
		return (mirrored != null) ? this.fields.ofStatic(mirrored, slot)
				: this.fields.of(this.graph.classOf(holder), slot);
	}

	/** The class of which a reference is a static field. */
	private @Nullable HeapClass mirrored(int holder, int slot) {
		if (slot >= HeapClass.TO_PART || this.graph.classOf(holder) != this.graph.classes().classOfClasses()) {
			return null;
		}
		long index = this.classByObject.get(holder);
		return (index != LongMap.MISSING) ? this.graph.classes().all().get((int) index) : null;
	}

	/** Whether a reference is the static field of a class that is a root itself. */
	private boolean beginsWay(int holder, int slot) {
		return holder < this.graph.innerCount() && this.parents.get(holder) == 0 && mirrored(holder, slot) != null;
	}

	/**
	 * Makes of all its referrers the nearest to a root the holder of each leaf. An array
	 * may be held by strings too, so these come first.
	 */
	private void chooseHolders() {
		this.graph.forEachFurtherHolder((leaf, holder, slot) -> {
			if (holder < this.graph.innerCount() && this.graph.holder(leaf) < this.graph.innerCount()) {
				chooseHolder(leaf, holder, slot);
			}
		});
		this.graph.forEachFurtherHolder(this::chooseHolder);
	}

	private void chooseHolder(int leaf, int holder, int slot) {
		int distance = distance(holder);
		int before = distance(this.graph.holder(leaf));
		if (distance >= 0 && (before < 0 || distance < before)) {
			this.graph.setHolder(leaf, holder, slot);
		}
	}

	/** The references from a root to an object, -1 where none leads to it. */
	int distance(int object) {
		if (object < 0) {
			return -1;
		}
		if (object < this.graph.innerCount()) {
			return this.distances.get(object) - 1;
		}
		if (this.roots.containsKey(object)) {
			return 0;
		}
		int before = distance(this.graph.holder(object));
		return (before >= 0) ? before + 1 : -1;
	}

	/** The root that an object itself is, {@code null} where its way begins before it. */
	@Nullable Root root(int object) {
		boolean first = object >= this.graph.innerCount() || this.parents.get(object) == 0;
		return first ? this.roots.get(object) : null;
	}

	/** The object before another one that is no root. */
	int before(int object) {
		return (object < this.graph.innerCount()) ? this.parents.get(object) - 1 : this.graph.holder(object);
	}

	/** How the object before refers to one that is no root. */
	Link link(int object) throws IOException {
		int before = before(object);
		int slot = (object < this.graph.innerCount()) ? slot(before, object) : this.graph.holderSlot(object);
		return new Link(this.fields.name(field(before, slot)), beginsWay(before, slot));
	}

	private int slot(int from, int to) {
		int place = this.rows.start(from);
		while (this.rows.target(place) != to) {
			place = this.rows.next(place);
		}
		return this.rows.slot(place);
	}

	/**
	 * The node of the way to an object that some root leads to. Safe for several threads.
	 */
	int node(int object, int classNumber) throws IOException {
		if (object < this.graph.innerCount()) {
			return this.nodes.get(object);
		}
		Root root = this.roots.get(object);
		if (root != null) {
			return rootNode(root, classNumber);
		}
		int holder = this.graph.holder(object);
		int slot = this.graph.holderSlot(object);
		if (holder < this.graph.innerCount()) {
			return childNode(holder, slot, classNumber);
		}
		return this.trie.child(node(holder, this.graph.classes().string().index()), field(holder, slot), classNumber);
	}

	/**
	 * A reference on the way to an object.
	 *
	 * @param field its name
	 * @param first whether a way begins with it, without a step for what refers
	 */
	record Link(String field, boolean first) {
	}

}
