package io.leakwatch.heap.suspect;

import java.util.ArrayList;
import java.util.List;

import io.leakwatch.heap.profile.PathTree;

/**
 * Finds where the bytes of a heap spread over many like objects: the accumulation points.
 *
 * <p>
 * Going down from the root, what holds much is held by little, one object by one field,
 * until a container comes whose entries share it. That container is told, not what lies
 * below; but one with far more entries further down the same way is told instead, since
 * twenty tenants with ten thousand orders each are a matter of orders. A chain of linked
 * objects is one node of many objects, and is told itself. What piles up nowhere is told
 * where it ends, or where it spreads.
 */
final class AccumulationPoints {

	/** So many entries for each container are many. */
	private static final int MANY = 16;

	/** An inner container that has so many times the entries is told instead. */
	private static final int FAR_MORE = 4;

	/** A child with so much of its parent's bytes has about all. */
	private static final double ABOUT_ALL = 0.8;

	/** Smaller places are not told. */
	private static final double SHARE_OF_HEAP = 0.01;

	/** A place where nothing piles up has to be larger. */
	private static final double SHARE_OF_HEAP_FOR_OBJECTS = 0.05;

	private static final List<String> MANY_EVERYWHERE = List.of("thread group", "local", "system class",
			"class loader");

	private final PathTree tree;

	private final List<Point> points = new ArrayList<>();

	private AccumulationPoints(PathTree tree) {
		this.tree = tree;
	}

	static List<Point> find(PathTree tree) {
		AccumulationPoints search = new AccumulationPoints(tree);
		search.run();
		return search.points;
	}

	private void run() {
		int size = this.tree.size();
		long whole = this.tree.heldBytes(PathTree.HEAP);
		boolean[] covered = new boolean[size];
		long[] explained = new long[size];
		for (int node = 1; node < size; node++) {
			if (covered[this.tree.parent(node)] || this.tree.isRest(node)) {
				covered[node] = true;
			}
			else if (this.tree.heldBytes(node) >= SHARE_OF_HEAP * whole && isAccumulation(node)) {
				covered[node] = true;
				explained[node] = this.tree.heldBytes(node);
				tell(furtherDown(node));
			}
		}
		// Children have larger numbers, so each node comes after all below it.
		for (int node = size - 1; node > PathTree.HEAP; node--) {
			if (!covered[node] && endsHere(node, explained[node], whole)) {
				explained[node] = this.tree.heldBytes(node);
				tell(node);
			}
			explained[this.tree.parent(node)] += explained[node];
		}
	}

	private boolean isAccumulation(int node) {
		return isChain(this.tree, node) || (fanOut(node) >= MANY && piledBytes(node) >= this.tree.heldBytes(node) / 2);
	}

	/**
	 * Many objects by a field that can hold one, so that they hold one another, or many
	 * objects of one class as roots. Threads and classes are many everywhere, and what
	 * they hold is looked at.
	 */
	private static boolean isChain(PathTree tree, int node) {
		int parent = tree.parent(node);
		boolean everywhere = parent == PathTree.HEAP && MANY_EVERYWHERE.stream().anyMatch(tree.field(node)::startsWith);
		if (everywhere || tree.isEntry(node) || tree.isRest(node)) {
			return false;
		}
		return tree.count(node) >= MANY * Math.max(1, tree.count(parent));
	}

	/**
	 * How many entries of one class there are for each container, each class counting by
	 * its bytes: five large entries beside a thousand small ones are few.
	 */
	private double fanOut(int node) {
		double weighted = 0;
		double held = 0;
		for (int rank = 0; rank < this.tree.childCount(node); rank++) {
			int child = this.tree.child(node, rank);
			if (this.tree.isEntry(child)) {
				weighted += (double) this.tree.count(child) * this.tree.heldBytes(child);
				held += this.tree.heldBytes(child);
			}
		}
		return (held > 0) ? weighted / held / Math.max(1, this.tree.count(node)) : 0;
	}

	/** The bytes of the container's own parts and of entries that are several. */
	private long piledBytes(int node) {
		long sum = this.tree.shallowBytes(node);
		for (int rank = 0; rank < this.tree.childCount(node); rank++) {
			int child = this.tree.child(node, rank);
			if (this.tree.isEntry(child) && this.tree.count(child) >= FAR_MORE * this.tree.count(node)) {
				sum += this.tree.heldBytes(child);
			}
		}
		return sum;
	}

	private int furtherDown(int start) {
		int best = start;
		int node = start;
		while (true) {
			int heaviest = heaviestChild(node);
			if (heaviest < 0 || this.tree.heldBytes(heaviest) < ABOUT_ALL * this.tree.heldBytes(node)) {
				return best;
			}
			node = heaviest;
			if (!isChain(this.tree, best) && isAccumulation(node) && fanOut(node) >= FAR_MORE * fanOut(best)) {
				best = node;
			}
		}
	}

	/** The child that holds most, −1 where there is none but a sum of small ones. */
	private int heaviestChild(int node) {
		for (int rank = 0; rank < this.tree.childCount(node); rank++) {
			if (!this.tree.isRest(this.tree.child(node, rank))) {
				return this.tree.child(node, rank);
			}
		}
		return -1;
	}

	private boolean endsHere(int node, long explained, long whole) {
		long held = this.tree.heldBytes(node);
		if (held < SHARE_OF_HEAP * whole || explained >= held / 2) {
			return false;
		}
		if (this.tree.parent(node) == PathTree.HEAP && this.tree.count(node) >= MANY) {
			return true;
		}
		int heaviest = heaviestChild(node);
		boolean goesOn = heaviest >= 0 && this.tree.heldBytes(heaviest) >= ABOUT_ALL * held;
		return held >= SHARE_OF_HEAP_FOR_OBJECTS * whole && !goesOn;
	}

	private void tell(int node) {
		int entries = node;
		long keyCount = 0;
		long valueCount = 0;
		for (int rank = this.tree.childCount(node) - 1; rank >= 0 && !isChain(this.tree, node); rank--) {
			int child = this.tree.child(node, rank);
			if (this.tree.isEntry(child)) {
				entries = child;
				keyCount += this.tree.field(child).equals(PathTree.KEY) ? this.tree.count(child) : 0;
				valueCount += this.tree.field(child).equals(PathTree.KEY) ? 0 : this.tree.count(child);
			}
		}
		long count = (entries != node) ? Math.max(keyCount, valueCount) : this.tree.count(node);
		this.points.add(new Point(kind(this.tree, node, entries != node, count), node, entries, count));
	}

	/**
	 * What kind of place a node is.
	 * @param tree the tree of paths
	 * @param node the place
	 * @param hasEntries whether other objects pile up in it
	 * @param count how many objects pile up
	 * @return the kind
	 */
	static LeakSuspect.Kind kind(PathTree tree, int node, boolean hasEntries, long count) {
		boolean root = tree.parent(node) == PathTree.HEAP;
		String field = tree.field(node);
		if (field.startsWith("finalizer queue") || field.contains("java.lang.ref.Finalizer.")) {
			return LeakSuspect.Kind.FINALIZERS;
		}
		if (root && field.startsWith("thread group") && count > 1) {
			return LeakSuspect.Kind.THREADS;
		}
		boolean held = !root || field.startsWith("static ");
		if (held && !hasEntries && isChain(tree, node)) {
			return LeakSuspect.Kind.LINKED_OBJECTS;
		}
		return (hasEntries || count >= MANY) ? LeakSuspect.Kind.COLLECTION : LeakSuspect.Kind.OBJECT;
	}

	/**
	 * A place where bytes pile up.
	 *
	 * @param kind what kind of place
	 * @param node the container
	 * @param entries the node of what piles up in it, the heaviest where there are
	 * several; the container itself where it has none
	 * @param count how many objects pile up, of all classes
	 */
	record Point(LeakSuspect.Kind kind, int node, int entries, long count) {
	}

}
