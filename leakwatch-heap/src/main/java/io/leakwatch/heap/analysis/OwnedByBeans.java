package io.leakwatch.heap.analysis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import io.leakwatch.heap.hprof.LongMap;

/**
 * The nodes of the paths that begin at beans, while they are made, and the references
 * from them that were not followed since they lead to what is no bean's own.
 */
final class OwnedByBeans {

	private final SpringBeans beans;

	private final BitSet nodes = new BitSet();

	private final LongMap seen = new LongMap();

	private final List<LeftOut> leftOut = new ArrayList<>();

	OwnedByBeans(SpringBeans beans) {
		this.beans = beans;
	}

	void add(int node) {
		this.nodes.set(node);
	}

	boolean contains(int node) {
		return this.nodes.get(node);
	}

	/** Whether a reference is not to be followed yet; the first to an object is kept. */
	boolean leaveOut(int target, int targetClass, int node, int field) {
		if (!this.beans.isBarrier(targetClass)) {
			return false;
		}
		if (this.seen.get(target) == LongMap.MISSING) {
			this.seen.put(target, node);
			this.leftOut.add(new LeftOut(target, node, field));
		}
		return true;
	}

	/** The references that were left out, in the order of the walk. */
	List<LeftOut> leftOut() {
		return this.leftOut;
	}

}
