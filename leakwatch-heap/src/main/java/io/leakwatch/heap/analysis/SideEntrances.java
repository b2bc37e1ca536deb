package io.leakwatch.heap.analysis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Fields by which a container leads to a few of its entries besides the one that leads to
 * all: the order in which entries were used or put, say. A walk that followed them at
 * once would come to some entries that way first, and count them apart from the others.
 */
final class SideEntrances {

	/** The ends of names, since libraries are copied into packages of others. */
	private static final List<String> FIELDS = List.of("java.util.LinkedHashMap.head", "java.util.LinkedHashMap.tail",
			"caffeine.cache.AbstractLinkedDeque.first", "caffeine.cache.AbstractLinkedDeque.last",
			"caffeine.cache.TimerWheel.wheel", "common.cache.LocalCache$Segment.accessQueue",
			"common.cache.LocalCache$Segment.writeQueue", "common.cache.LocalCache$Segment.recencyQueue");

	private static final String PENDING = "java.lang.ref.Reference.discovered";

	private static final String PENDING_WORDS = "references waiting to be enqueued";

	private final FieldNames names;

	private final BitSet known = new BitSet();

	private final BitSet side = new BitSet();

	private List<LeftOut> leftOut = new ArrayList<>();

	SideEntrances(FieldNames names) {
		this.names = names;
	}

	/**
	 * The node of what was left out. References that the collector has cleared wait in a
	 * list of the JVM's own, in which one leads to the next: none is held by the one
	 * before.
	 */
	int child(PathTrie trie, LeftOut leftOut, int classNumber) {
		return this.names.name(leftOut.field()).equals(PENDING)
				? trie.rootChild(this.names.number(PENDING_WORDS), classNumber)
				: trie.child(leftOut.node(), leftOut.field(), classNumber);
	}

	/** Whether a reference is not to be followed yet. It is kept. */
	boolean leaveOut(int object, int node, int field) {
		if (!contains(field)) {
			return false;
		}
		this.leftOut.add(new LeftOut(object, node, field));
		return true;
	}

	/** The references that were left out since this was asked last. */
	List<LeftOut> takeLeftOut() {
		List<LeftOut> taken = this.leftOut;
		this.leftOut = new ArrayList<>();
		return taken;
	}

	private boolean contains(int field) {
		if (!this.known.get(field)) {
			String name = this.names.name(field);
			this.known.set(field);
			this.side.set(field, name.equals(PENDING) || FIELDS.stream().anyMatch(name::endsWith));
		}
		return this.side.get(field);
	}

}
