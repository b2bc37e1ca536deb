package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.InstanceField;
import io.leakwatch.heap.hprof.RecordCursor;
import io.leakwatch.heap.memory.IntTable;
import io.leakwatch.heap.memory.Memory;

/**
 * Counts reference objects by what they refer to. Not safe for several threads, but for
 * the table of the leaves' classes that several share.
 */
final class ReferenceTally {

	private static final int MOST_QUEUES = 50;

	/** In place of a class; {@link LeafClasses#UNKNOWN} is another. */
	private static final int CLEARED = -2;

	private final HeapGraph graph;

	private final ReferenceShapes shapes;

	private final LeafClasses leafClasses;

	private final Map<Key, long[]> counts = new HashMap<>();

	private final LargestFirst queues = new LargestFirst(MOST_QUEUES);

	/**
	 * References to leaves, of which the class is known when all objects were seen: the
	 * number of the reference's class, inverted where it is enqueued, and of the leaf.
	 */
	private final IntTable toLeaves;

	private long toLeavesEnd;

	ReferenceTally(HeapGraph graph, ReferenceShapes shapes, LeafClasses leafClasses, Memory memory) {
		this.graph = graph;
		this.shapes = shapes;
		this.leafClasses = leafClasses;
		this.toLeaves = memory.ints(0);
	}

	/** Takes any leaf. */
	void leaf(int leaf, HeapClass type) {
		this.leafClasses.set(leaf, type.index());
	}

	/** Takes an inner object that some root leads to. */
	void object(int object, HeapClass type, RecordCursor record) throws IOException {
		ReferenceShapes.Shape shape = this.shapes.of(type.index());
		if (shape == null) {
			return;
		}
		if (shape.queueLength() != null) {
			this.queues.offer(object, shape.queueLength().value(record));
		}
		InstanceField field = shape.referent();
		if (field == null) {
			return;
		}
		boolean enqueued = shape.queue() != null && this.shapes.isEnqueued(shape.queue().value(record));
		long id = field.value(record);
		int referent = (id != 0) ? this.graph.find(id) : -1;
		if (referent >= this.graph.innerCount()) {
			toLeaf(enqueued ? ~type.index() : type.index(), referent);
		}
		else {
			count(type.index(), (referent < 0) ? CLEARED : this.graph.classNumber(referent), enqueued);
		}
	}

	private void toLeaf(int type, int leaf) {
		if (this.toLeavesEnd == this.toLeaves.size()) {
			this.toLeaves.grow(this.toLeavesEnd + IntTable.CHUNK);
		}
		this.toLeaves.set(this.toLeavesEnd++, type);
		this.toLeaves.set(this.toLeavesEnd++, leaf);
	}

	private void count(int type, int referent, boolean enqueued) {
		long[] count = this.counts.computeIfAbsent(new Key(type, referent), (added) -> new long[2]);
		count[0]++;
		count[1] += enqueued ? 1 : 0;
	}

	/** Adds up what several threads have seen. */
	static ReferenceTally merge(List<ReferenceTally> tallies) {
		ReferenceTally merged = tallies.get(0);
		for (ReferenceTally tally : tallies) {
			for (long i = 0; i < tally.toLeavesEnd; i += 2) {
				int type = tally.toLeaves.get(i);
				merged.count(type ^ (type >> 31), merged.leafClasses.get(tally.toLeaves.get(i + 1)), type < 0);
			}
			tally.toLeaves.free();
			if (tally != merged) {
				merged.addAll(tally);
			}
		}
		return merged;
	}

	private void addAll(ReferenceTally others) {
		others.counts.forEach((key, count) -> this.counts.merge(key, count, (sum, more) -> {
			sum[0] += more[0];
			sum[1] += more[1];
			return sum;
		}));
		this.queues.addAll(others.queues);
	}

	ReferenceUses result(PathSearch search, HolderWords holders) {
		List<HeapClass> classes = this.graph.classes().all();
		List<ReferenceUse> uses = new ArrayList<>();
		this.counts.forEach((key, count) -> {
			HeapClass type = classes.get(key.type());
			String referent = switch (key.referent()) {
				case CLEARED -> ReferenceUse.CLEARED;
				case LeafClasses.UNKNOWN -> ReferenceUse.UNKNOWN;
				default -> classes.get(key.referent()).name();
			};
			uses.add(new ReferenceUse(type.referenceKind(), type.name(), referent, count[0], count[1]));
		});
		uses.sort(Comparator.comparingLong(ReferenceUse::count)
			.reversed()
			.thenComparing(ReferenceUse::className)
			.thenComparing(ReferenceUse::referentClassName));
		List<ReferenceQueueUse> longest = new ArrayList<>();
		for (LargestFirst.Entry each : this.queues.sorted()) {
			longest.add(new ReferenceQueueUse(this.graph.id(each.key()), this.graph.classOf(each.key()).name(),
					each.number(), holders.of(search.node(each.key()))));
		}
		return new ReferenceUses(uses, longest);
	}

	/**
	 * The numbers of the classes of a reference and of what it refers to.
	 */
	private record Key(int type, int referent) {
	}

}
