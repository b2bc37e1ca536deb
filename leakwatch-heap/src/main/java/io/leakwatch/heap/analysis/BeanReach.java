package io.leakwatch.heap.analysis;

import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ReferenceRows;
import io.leakwatch.heap.graph.Work;
import io.leakwatch.heap.memory.IntTable;
import io.leakwatch.heap.memory.LongTable;
import io.leakwatch.heap.memory.Memory;

/**
 * The objects that each bean leads to and that the paths of others hold. Found by a walk
 * for each bean over what is its own, which all walks together visit once, and over what
 * is not, of which there is a limit; a bean that leads to more is left unknown.
 */
final class BeanReach {

	/** So many objects that are not their own may all walks visit in a small heap. */
	private static final int LEAST_BUDGET = 4_000_000;

	/** No bean takes more than this part of it. */
	private static final int SHARES = 8;

	private static final long UNKNOWN = -1;

	private final HeapGraph graph;

	private final SpringBeans beans;

	private final BeanNodes owners;

	private final PathSearch search;

	private final IntTable stamps;

	private final IntTable stack;

	/** The objects, those of each bean behind those of the one before. */
	private final IntTable shared;

	/** Where the objects of each bean end. */
	private final long[] ends;

	private final boolean[] unknown;

	private long count;

	private long budget;

	BeanReach(HeapGraph graph, SpringBeans beans, BeanNodes owners, PathSearch search, Memory memory, Work work) {
		this.graph = graph;
		this.beans = beans;
		this.owners = owners;
		this.search = search;
		int size = beans.all().size();
		this.ends = new long[size];
		this.unknown = new boolean[size];
		this.stamps = memory.ints(beans.isEmpty() ? 0 : graph.innerCount());
		this.stack = memory.ints(0);
		this.shared = memory.ints(0);
		this.budget = Math.max(LEAST_BUDGET, graph.innerCount());
		long limit = this.budget / SHARES;
		for (int bean = 0; bean < size; bean++) {
			work.progress("beans", (double) bean / size);
			walk(bean, Math.min(limit, this.budget));
			this.ends[bean] = this.count;
		}
		this.stamps.free();
		this.stack.free();
	}

	private void walk(int bean, long limit) {
		long first = this.count;
		long depth = 0;
		for (int object : this.beans.all().get(bean).objects()) {
			depth = visit(object, bean, depth);
		}
		ReferenceRows rows = this.graph.rows();
		while (depth > 0 && this.count - first <= limit) {
			int object = this.stack.get(--depth);
			for (int place = rows.start(object); place != 0; place = rows.next(place)) {
				int target = rows.target(place);
				if (this.stamps.get(target) != bean + 1 && this.beans.find(target) < 0
						&& !this.beans.isBarrier(this.graph.classNumber(target))) {
					depth = visit(target, bean, depth);
				}
			}
		}
		this.budget -= this.count - first;
		if (depth > 0) {
			this.unknown[bean] = true;
			this.count = first;
		}
	}

	private long visit(int object, int bean, long depth) {
		this.stamps.set(object, bean + 1);
		if (depth == this.stack.size()) {
			this.stack.grow(depth + IntTable.CHUNK);
		}
		this.stack.set(depth, object);
		if (this.owners.bean(this.search.node(object)) != bean) {
			if (this.count == this.shared.size()) {
				this.shared.grow(this.count + IntTable.CHUNK);
			}
			this.shared.set(this.count++, object);
		}
		return depth + 1;
	}

	/**
	 * The bytes of those objects, with the leaves that each alone holds. Gives the memory
	 * back; to be called once.
	 * @param own the bytes of each object by its number in the tree, before those of what
	 * it dominates are added
	 * @return bytes by bean, -1 where they are unknown
	 */
	long[] bytes(LongTable own, DepthFirstTree tree) {
		long[] bytes = new long[this.ends.length];
		long at = 0;
		for (int bean = 0; bean < bytes.length; bean++) {
			for (; at < this.ends[bean]; at++) {
				bytes[bean] += own.get(tree.number(this.shared.get(at)));
			}
			if (this.unknown[bean]) {
				bytes[bean] = UNKNOWN;
			}
		}
		this.shared.free();
		return bytes;
	}

}
