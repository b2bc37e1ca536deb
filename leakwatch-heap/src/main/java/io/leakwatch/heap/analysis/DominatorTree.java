package io.leakwatch.heap.analysis;

import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ReferenceRows;
import io.leakwatch.heap.graph.Work;
import io.leakwatch.heap.memory.IntTable;
import io.leakwatch.heap.memory.Memory;

/**
 * Which object each inner object cannot be reached without: its immediate dominator, in
 * the numbers of a {@link DepthFirstTree}.
 *
 * <p>
 * The semi-NCA method (L. Georgiadis, R. Tarjan, R. Werneck, Finding dominators in
 * practice, 2006). Semidominators are found from the last visited object to the first, as
 * Lengauer and Tarjan do, with path compression. Then, from the first to the last, the
 * dominator of an object is the nearest ancestor of its parent in the dominator tree that
 * is not after its semidominator. The plain climb of that step is quadratic on contrived
 * graphs, so each object also has a pointer that jumps over many ancestors, such that a
 * climb takes the logarithm of the depth (E. Myers, An applicative random-access stack,
 * 1983).
 *
 * <p>
 * In a heap four objects of five have one referrer, so only the references that are not
 * of the depth-first tree are kept, as chains by the object they lead to.
 */
final class DominatorTree {

	private static final int PROGRESS_STEP = 1 << 20;

	private final int count;

	private final IntTable dominators;

	private final IntTable depths;

	private final IntTable jumps;

	/** The rows of the graph are forgotten on the way. */
	DominatorTree(DepthFirstTree tree, HeapGraph graph, Memory memory, Work work) {
		this.count = tree.count();
		long size = this.count + 1L;
		// A label is not asked for before its object is done with, so until then there is
		// room for the head of the object's chain.
		IntTable labels = memory.ints(size);
		IntTable links = memory.ints(IntTable.CHUNK);
		collectReferences(tree, graph.rows(), labels, links, work);
		graph.forgetRows();
		IntTable ancestors = tree.parents();
		this.dominators = memory.ints(size);
		IntTable semi = memory.ints(size);
		for (int v = 0; v <= this.count; v++) {
			this.dominators.set(v, ancestors.get(v));
		}
		IntTable stack = tree.stack();
		for (int v = this.count; v > 0; v--) {
			int least = this.dominators.get(v);
			for (int link = labels.get(v); link != 0; link = links.get(place(link) + 1)) {
				int from = links.get(place(link));
				least = Math.min(least, (from <= v) ? from : leastLabel(from, v, ancestors, labels, stack));
			}
			semi.set(v, least);
			labels.set(v, least);
			progress(work, "dominators", 0.5 * (this.count - v) / this.count, v);
		}
		links.free();
		labels.free();
		stack.free();
		ancestors.free();
		this.depths = memory.ints(size);
		this.jumps = memory.ints(size);
		for (int v = 1; v <= this.count; v++) {
			int dominator = climb(this.dominators.get(v), semi.get(v));
			this.dominators.set(v, dominator);
			int jump = this.jumps.get(dominator);
			int depth = this.depths.get(dominator);
			int jumpDepth = this.depths.get(jump);
			int further = this.jumps.get(jump);
			this.depths.set(v, depth + 1);
			this.jumps.set(v, (depth - jumpDepth == jumpDepth - this.depths.get(further)) ? further : dominator);
			progress(work, "dominators", 0.5 + 0.5 * v / this.count, v);
		}
		semi.free();
	}

	private static void progress(Work work, String phase, double done, int step) {
		if ((step & (PROGRESS_STEP - 1)) == 0) {
			work.progress(phase, done);
		}
	}

	private static void collectReferences(DepthFirstTree tree, ReferenceRows rows, IntTable heads, IntTable links,
			Work work) {
		int last = 0;
		for (int root : tree.rootsBelow()) {
			if (heads.get(root) == 0) {
				last = next(last, links);
				heads.set(root, last);
			}
		}
		for (int from = 1; from <= tree.count(); from++) {
			for (int place = rows.start(tree.object(from)); place != 0; place = rows.next(place)) {
				int to = tree.number(rows.target(place));
				if (to == from || tree.parents().get(to) == from) {
					continue;
				}
				last = next(last, links);
				links.set(place(last), from);
				links.set(place(last) + 1, heads.get(to));
				heads.set(to, last);
			}
			progress(work, "references back", (double) from / tree.count(), from);
		}
	}

	/** Where a link stands in the table; its number is unsigned. */
	private static long place(int link) {
		return 2 * Integer.toUnsignedLong(link);
	}

	private static int next(int last, IntTable links) {
		int link = last + 1;
		if (link == 0) {
			throw new IllegalStateException("A heap dump with more than 2^32 references between objects that have "
					+ "references themselves cannot be analysed");
		}
		if (place(link) >= links.size()) {
			links.grow(links.size() + IntTable.CHUNK);
		}
		return link;
	}

	/**
	 * The least label on the way from an object up to, and without, the last ancestor
	 * that is linked; the way is shortened for the next who comes along.
	 */
	private static int leastLabel(int from, int linked, IntTable ancestors, IntTable labels, IntTable stack) {
		long depth = 0;
		int v = from;
		for (int above = ancestors.get(v); above > linked; above = ancestors.get(v)) {
			if (depth == stack.size()) {
				stack.grow(depth + IntTable.CHUNK);
			}
			stack.set(depth++, v);
			v = above;
		}
		int top = ancestors.get(v);
		int label = labels.get(v);
		while (depth > 0) {
			int below = stack.get(--depth);
			label = Math.min(label, labels.get(below));
			labels.set(below, label);
			ancestors.set(below, top);
		}
		return label;
	}

	/** The nearest of an object and its dominators whose number is at most a limit. */
	private int climb(int from, int limit) {
		int v = from;
		while (v > limit) {
			int jump = this.jumps.get(v);
			v = (jump > limit) ? jump : this.dominators.get(v);
		}
		return v;
	}

	/** How many objects are in the tree. */
	int count() {
		return this.count;
	}

	/** The immediate dominator of an object, 0 for the root of all. */
	int dominator(int number) {
		return this.dominators.get(number);
	}

	/** The nearest object that dominates two, one of which it may be. */
	int common(int first, int second) {
		if (first == 0 || second == 0) {
			return 0;
		}
		int a = first;
		int b = second;
		if (this.depths.get(a) < this.depths.get(b)) {
			a = second;
			b = first;
		}
		int depth = this.depths.get(b);
		while (this.depths.get(a) > depth) {
			int jump = this.jumps.get(a);
			a = (this.depths.get(jump) >= depth) ? jump : this.dominators.get(a);
		}
		while (a != b) {
			int jumpA = this.jumps.get(a);
			int jumpB = this.jumps.get(b);
			boolean apart = jumpA != jumpB;
			a = apart ? jumpA : this.dominators.get(a);
			b = apart ? jumpB : this.dominators.get(b);
		}
		return a;
	}

	/** Gives back what only {@link #common} needs. */
	void forgetDepths() {
		this.depths.free();
		this.jumps.free();
	}

}
