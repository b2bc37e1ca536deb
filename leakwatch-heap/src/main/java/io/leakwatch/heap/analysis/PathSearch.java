package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.leakwatch.heap.graph.GcRoot;
import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ReferenceRows;
import io.leakwatch.heap.graph.Work;
import io.leakwatch.heap.hprof.LongMap;
import io.leakwatch.heap.memory.IntTable;
import io.leakwatch.heap.memory.Memory;
import io.leakwatch.heap.profile.BeanUse;

import org.jspecify.annotations.Nullable;

/**
 * A breadth-first walk from the roots that gives each inner object its node in the
 * {@link PathTrie}: that of the shortest path by which it is held.
 *
 * <p>
 * What can be reached from static fields is walked to the end before threads and native
 * references are begun with, and those before local variables: a field has a name that
 * can be looked up in the code, a local variable that happens to lead to half the heap
 * explains nothing. (LeakCanary's Shark puts its roots in such an order too.)
 *
 * <p>
 * Spring beans are walked from together with static fields, at the same distance: each is
 * what a person looks up, so the nearer one names what both lead to, of two as near the
 * bean. From a bean the walk does not go on to what is no bean's own, as
 * {@link SpringBeans} tells; what nothing else of the first order leads to is the bean's
 * after all, a class loader that a bean alone keeps for one.
 */
final class PathSearch {

	/**
	 * A loader of so many classes is an application's, not one of a script or a plug-in.
	 */
	private static final int MANY_CLASSES = 100;

	private static final int FIRST_ORDER = 0;

	private static final int PROGRESS_STEP = 1 << 20;

	private final HeapGraph graph;

	private final ReferenceRows rows;

	private final PathTrie trie;

	private final FieldNames fields;

	private final Work work;

	/** The node of each object plus one, 0 where it was not visited. */
	private final IntTable nodes;

	private final IntTable queue;

	private final HeapClass classOfClasses;

	private final LongMap classByObject = new LongMap();

	private final Map<Long, Integer> classesByLoader = new HashMap<>();

	/** What scoped beans are called. */
	private final LongMap scoped = new LongMap();

	/** What the roots that are leaves are called. */
	private final LongMap leafRoots = new LongMap();

	private final SideEntrances sideEntrances;

	private int head;

	private int tail;

	PathSearch(HeapGraph graph, PathTrie trie, FieldNames fields, Memory memory, Work work) {
		this.graph = graph;
		this.rows = graph.rows();
		this.trie = trie;
		this.fields = fields;
		this.sideEntrances = new SideEntrances(fields);
		this.work = work;
		this.nodes = memory.ints(graph.innerCount());
		this.queue = memory.ints(0);
		this.classOfClasses = graph.classes().classOfClasses();
		for (HeapClass each : graph.classes().all()) {
			int object = (each.id() != 0) ? graph.find(each.id()) : -1;
			if (object >= 0) {
				this.classByObject.put(object, each.index());
				this.classesByLoader.merge(each.loaderId(), 1, Integer::sum);
			}
		}
	}

	/**
	 * Walks from the roots, in the order in which they are to name what they hold, and
	 * from beans among the first of them.
	 */
	void run(List<Root> roots, SpringBeans beans, DepthFirstTree tree) throws IOException {
		int order = FIRST_ORDER;
		beans.all()
			.stream()
			.filter((bean) -> bean.scope() == BeanUse.Scope.SCOPED)
			.forEach((bean) -> bean.objects()
				.forEach((object) -> this.scoped.put(object, this.fields.number(bean.label()))));
		// A static field that leads to a thread, through its group mostly, does not
		// explain
		// what the thread holds.
		for (Root root : roots) {
			if (root.order() == Roots.THREAD_ORDER && root.object() < this.graph.innerCount()) {
				this.nodes.set(root.object(), node(root) + 1);
			}
		}
		for (Root root : roots) {
			if (root.order() != order) {
				walk(order, beans, tree);
				order = root.order();
			}
			if (root.object() < this.graph.innerCount()
					&& (this.nodes.get(root.object()) == 0 || order == Roots.THREAD_ORDER)) {
				visit(root.object(), node(root));
			}
		}
		walk(order, beans, tree);
		this.queue.free();
	}

	private void walk(int order, SpringBeans beans, DepthFirstTree tree) throws IOException {
		if (order == FIRST_ORDER && !beans.isEmpty()) {
			OwnedByBeans owned = new OwnedByBeans(beans);
			begin(beans, owned);
			beginAtStatics(beans, tree);
			walk(owned);
			for (LeftOut each : owned.leftOut()) {
				if (this.nodes.get(each.object()) == 0) {
					visit(each.object(),
							this.trie.child(each.node(), each.field(), this.graph.classNumber(each.object())));
				}
			}
		}
		walk(null);
	}

	private void begin(SpringBeans beans, OwnedByBeans owned) {
		for (SpringBean bean : beans.all()) {
			for (int object : bean.isRoot() ? bean.objects() : List.<Integer>of()) {
				if (this.nodes.get(object) == 0) {
					int node = this.trie.rootChild(this.fields.number(bean.label()), this.graph.classNumber(object));
					owned.add(node);
					visit(object, node);
				}
			}
		}
	}

	/**
	 * The static fields of classes that are no roots, those of an application in one jar,
	 * are as near as those of classes that are.
	 */
	private void beginAtStatics(SpringBeans beans, DepthFirstTree tree) throws IOException {
		for (HeapClass each : this.graph.classes().all()) {
			int mirror = (each.id() != 0 && isLasting(each)) ? this.graph.find(each.id()) : -1;
			boolean begins = mirror >= 0 && mirror < this.graph.innerCount() && this.nodes.get(mirror) == 0
					&& tree.number(mirror) != 0;
			for (int place = begins ? this.rows.start(mirror) : 0; place != 0; place = this.rows.next(place)) {
				int target = this.rows.target(place);
				int targetClass = this.graph.classNumber(target);
				if (this.rows.slot(place) < HeapClass.TO_PART && this.nodes.get(target) == 0
						&& !beans.isBarrier(targetClass)) {
					visit(target, this.trie.rootChild(this.fields.ofStatic(each, this.rows.slot(place)), targetClass));
				}
			}
		}
	}

	private int node(Root root) {
		return this.trie.rootChild(this.fields.number(root.label()), this.graph.classOf(root.object()).index());
	}

	/** Takes the labels of the roots that are leaves, the first of each. */
	void name(List<Root> roots) {
		for (Root root : roots) {
			if (root.object() >= this.graph.innerCount() && this.leafRoots.get(root.object()) == LongMap.MISSING) {
				this.leafRoots.put(root.object(), this.fields.number(root.label()));
			}
		}
	}

	private void walk(@Nullable OwnedByBeans owned) throws IOException {
		do {
			walkQueue(owned);
		}
		while (enterBySides(owned));
	}

	/** Visits what nothing but side entrances lead to. */
	private boolean enterBySides(@Nullable OwnedByBeans owned) {
		for (LeftOut each : this.sideEntrances.takeLeftOut()) {
			if (this.nodes.get(each.object()) == 0) {
				int child = this.sideEntrances.child(this.trie, each, this.graph.classNumber(each.object()));
				if (owned != null && owned.contains(each.node())) {
					owned.add(child);
				}
				visit(each.object(), child);
			}
		}
		return this.head < this.tail;
	}

	private void walkQueue(@Nullable OwnedByBeans owned) throws IOException {
		while (this.head < this.tail) {
			int object = this.queue.get(this.head++);
			HeapClass type = this.graph.classOf(object);
			int node = this.nodes.get(object) - 1;
			HeapClass mirrored = (type == this.classOfClasses) ? mirrored(object) : null;
			OwnedByBeans ofBean = (owned != null && owned.contains(node)) ? owned : null;
			for (int place = this.rows.start(object); place != 0; place = this.rows.next(place)) {
				int target = this.rows.target(place);
				if (this.nodes.get(target) == 0) {
					int slot = this.rows.slot(place);
					int targetClass = this.graph.classNumber(target);
					if (ofBean != null && ofBean.leaveOut(target, targetClass, node, this.fields.of(type, slot))) {
						continue;
					}
					int child;
					if (mirrored != null && slot < HeapClass.TO_PART) {
						child = ofStatic(mirrored, node, slot, targetClass);
					}
					else {
						int field = field(type, slot, target);
						if (this.sideEntrances.leaveOut(target, node, field)) {
							continue;
						}
						child = this.trie.child(node, field, targetClass);
					}
					if (ofBean != null) {
						ofBean.add(child);
					}
					visit(target, child);
				}
			}
			if ((this.head & (PROGRESS_STEP - 1)) == 0) {
				this.work.progress("paths", (double) this.head / this.nodes.size());
			}
		}
	}

	/** A scoped bean is told by its name, whatever map it is in. */
	private int field(HeapClass type, int slot, int target) throws IOException {
		long name = (this.scoped.size() > 0) ? this.scoped.get(target) : LongMap.MISSING;
		return (name != LongMap.MISSING) ? (int) name : this.fields.of(type, slot);
	}

	private @Nullable HeapClass mirrored(int object) {
		long index = this.classByObject.get(object);
		return (index != LongMap.MISSING) ? this.graph.classByNumber((int) index) : null;
	}

	/**
	 * A static field begins a path of its own, unless its class is one of a small loader.
	 */
	private int ofStatic(HeapClass mirrored, int node, int slot, int targetClass) throws IOException {
		int field = this.fields.ofStatic(mirrored, slot);
		return isLasting(mirrored) ? this.trie.rootChild(field, targetClass)
				: this.trie.child(node, field, targetClass);
	}

	private boolean isLasting(HeapClass type) {
		return this.graph.classes().isLasting(type.loaderId())
				|| this.classesByLoader.getOrDefault(type.loaderId(), 0) >= MANY_CLASSES;
	}

	private void visit(int object, int node) {
		this.nodes.set(object, node + 1);
		if (this.tail == this.queue.size()) {
			this.queue.grow(this.tail + (long) IntTable.CHUNK);
		}
		this.queue.set(this.tail++, object);
	}

	/** The node of an inner object, -1 where no root leads to it. */
	int node(int object) {
		return this.nodes.get(object) - 1;
	}

	/** The node of a leaf that some root leads to. */
	int leafNode(int leaf, HeapClass type) throws IOException {
		int holder = this.graph.holder(leaf);
		int slot = this.graph.holderSlot(leaf);
		boolean ofString = holder >= this.graph.innerCount();
		if (holder < 0 || (ofString && this.graph.holder(holder) >= this.graph.innerCount())) {
			// No string is held by a string but in a damaged dump.
			long label = this.leafRoots.get(leaf);
			return this.trie.rootChild(
					(label != LongMap.MISSING) ? (int) label : this.fields.number(GcRoot.Kind.OTHER.words()),
					type.index());
		}
		if (ofString) {
			HeapClass string = this.graph.classes().string();
			return this.trie.child(leafNode(holder, string), this.fields.of(string, slot), type.index());
		}
		int node = Math.max(node(holder), 0);
		int holderClass = this.trie.classNumber(node);
		if (holderClass < 0) {
			return this.trie.child(node, PathTrie.REST, type.index());
		}
		// The objects of a node are of one class.
		HeapClass holderType = this.graph.classByNumber(holderClass);
		HeapClass mirrored = (holderType == this.classOfClasses) ? mirrored(holder) : null;
		if (mirrored != null && slot < HeapClass.TO_PART) {
			return ofStatic(mirrored, node, slot, type.index());
		}
		return this.trie.child(node, this.fields.of(holderType, slot), type.index());
	}

	/**
	 * Where a walk begins.
	 *
	 * @param object the number of an object
	 * @param order when it begins: the less the sooner
	 * @param label what a person calls it
	 */
	record Root(int object, int order, String label) {
	}

}
