package io.leakwatch.heap.analysis;

import java.util.LinkedHashSet;
import java.util.Set;

import io.leakwatch.heap.analysis.PathSearch.Root;
import io.leakwatch.heap.graph.GcRoot;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ReferenceKind;
import io.leakwatch.heap.hprof.LongMap;

/**
 * What soft references and finalizers alone keep alive: roots of their own, since the JVM
 * lets go of it by itself. Found round by round, all that are found in a round being
 * roots alike, so the order of the dump does not matter: first what soft references keep,
 * and what is soft in that, then finalizers.
 */
final class Referents {

	private final DepthFirstTree tree;

	private final Roots roots;

	private final HeapGraph graph;

	Referents(HeapGraph graph, DepthFirstTree tree, Roots roots) {
		this.graph = graph;
		this.tree = tree;
		this.roots = roots;
	}

	/** Visits them and adds them to the roots. */
	void visit() {
		Strength soft = new Strength(ReferenceKind.SOFT, Roots.SOFT_ORDER, GcRoot.Kind.SOFT_REFERENCE);
		Strength finalizers = new Strength(ReferenceKind.FINAL, Roots.FINALIZER_ORDER, GcRoot.Kind.FINALIZER);
		boolean more = true;
		while (more) {
			more = soft.round() || finalizers.round();
		}
	}

	/** References of one strength. */
	private final class Strength {

		private final ReferenceKind kind;

		private final int order;

		private final GcRoot.Kind root;

		/** What the references that were not reachable at first refer to. */
		private final LongMap waiting = new LongMap();

		/** Up to which number of the tree the references were looked at. */
		private int seen;

		Strength(ReferenceKind kind, int order, GcRoot.Kind root) {
			this.kind = kind;
			this.order = order;
			this.root = root;
		}

		/** Returns whether there was anything new. */
		boolean round() {
			Set<Integer> found = new LinkedHashSet<>();
			if (this.seen == 0) {
				Referents.this.graph.forEachReferent(this.kind, (reference, referent) -> {
					if (referent < Referents.this.graph.innerCount()) {
						look(reference, referent, found);
					}
				});
			}
			for (int number = this.seen + 1; this.seen > 0 && number <= Referents.this.tree.count(); number++) {
				long referent = this.waiting.get(Referents.this.tree.object(number));
				if (referent != LongMap.MISSING) {
					look(Referents.this.tree.object(number), (int) referent, found);
				}
			}
			this.seen = Referents.this.tree.count();
			for (int referent : found) {
				Referents.this.tree.visit(referent);
				Referents.this.roots.add(new Root(referent, this.order, this.root.words()));
			}
			return !found.isEmpty();
		}

		private void look(int reference, int referent, Set<Integer> found) {
			if (Referents.this.tree.number(reference) == 0) {
				this.waiting.put(reference, referent);
			}
			else if (Referents.this.tree.number(referent) == 0) {
				found.add(referent);
			}
		}

	}

}
