package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.util.List;
import java.util.Set;

import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.memory.Memory;

/** What the tallies of all threads share, and what they come to together. */
final class ObjectTallies {

	/** The classes of arrays that strings have their characters in. */
	private static final Set<String> TEXT = Set.of("[B", "[C");

	private final HeapGraph graph;

	private final DepthFirstTree tree;

	private final DominatorTree dominators;

	private final LeafDominators leaves;

	private final PathSearch search;

	private final PathTrie trie;

	private final Memory memory;

	private final ContainerShapes containerShapes;

	private final ReferenceShapes referenceShapes;

	private final PartCounts parts;

	private final LeafClasses leafClasses;

	private final StringCopies copies;

	private final boolean[] plain;

	ObjectTallies(HeapGraph graph, DepthFirstTree tree, DominatorTree dominators, LeafDominators leaves,
			PathSearch search, PathTrie trie, FieldNames fields, Memory memory) throws IOException {
		this.graph = graph;
		this.tree = tree;
		this.dominators = dominators;
		this.leaves = leaves;
		this.search = search;
		this.trie = trie;
		this.memory = memory;
		this.containerShapes = new ContainerShapes(graph, fields);
		this.referenceShapes = new ReferenceShapes(graph);
		this.parts = new PartCounts(memory, tree.count() + 1L);
		this.leafClasses = new LeafClasses(graph.innerCount(), graph.objectCount() - graph.innerCount(),
				graph.classes().all().size(), memory);
		this.copies = new StringCopies(memory, graph.objectCount() - graph.innerCount());
		this.plain = new boolean[graph.classes().all().size()];
		for (HeapClass each : graph.classes().all()) {
			int index = each.index();
			this.plain[index] = this.containerShapes.of(index) == null && this.referenceShapes.of(index) == null
					&& !this.containerShapes.isTable(index) && !TEXT.contains(each.name());
		}
	}

	/** A tally for one thread. */
	ObjectTally tally(SizeVisitor sizes) {
		return new ObjectTally(this.graph, sizes,
				new ContainerTally(this.graph, this.tree, this.dominators, this.leaves, this.search, this.trie,
						this.containerShapes, this.parts),
				new ReferenceTally(this.graph, this.referenceShapes, this.leafClasses, this.memory),
				this.copies.writer(), this.plain);
	}

	/** The containers of all tallies. Gives memory back; to be called once. */
	ContainerTally containers(List<ObjectTally> tallies) {
		ContainerTally merged = ContainerTally.merge(tallies.stream().map(ObjectTally::containers).toList());
		this.parts.free();
		return merged;
	}

	/** The references of all tallies. Gives memory back; to be called once. */
	ReferenceUses references(List<ObjectTally> tallies, HolderWords holders) {
		ReferenceTally merged = ReferenceTally.merge(tallies.stream().map(ObjectTally::references).toList());
		this.leafClasses.free();
		return merged.result(this.search, holders);
	}

	/** The strings of all tallies. Gives memory back; to be called once. */
	DuplicateStrings duplicateStrings(HolderWords holders) {
		DuplicateStrings result = this.copies.result(this.graph, this.trie, holders);
		this.copies.free();
		return result;
	}

}
