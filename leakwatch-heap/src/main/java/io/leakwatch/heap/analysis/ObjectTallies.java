package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.util.List;
import java.util.Set;

import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.HeapGraph.VisitorFactory;
import io.leakwatch.heap.graph.Work;
import io.leakwatch.heap.memory.LongTable;
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

	private List<ObjectTally> tallies = List.of();

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

	/** Shows all objects to visitors that add up sizes, and counts. */
	List<SizeVisitor> visit(Work work, VisitorFactory<SizeVisitor> sizes) throws IOException {
		this.tallies = this.graph.visit(work, "sizes", () -> tally(sizes.make()));
		return this.tallies.stream().map(ObjectTally::sizes).toList();
	}

	private ObjectTally tally(SizeVisitor sizes) {
		return new ObjectTally(this.graph, sizes,
				new ContainerTally(this.graph, this.tree, this.dominators, this.leaves, this.search, this.trie,
						this.containerShapes, this.parts),
				new ReferenceTally(this.graph, this.referenceShapes, this.leafClasses, this.memory),
				this.copies.writer(), this.plain);
	}

	/** What was counted. Gives memory back; to be called once. */
	Sum sum(HolderWords holders) {
		ContainerTally containers = ContainerTally.merge(this.tallies.stream().map(ObjectTally::containers).toList());
		this.parts.free();
		ReferenceTally references = ReferenceTally.merge(this.tallies.stream().map(ObjectTally::references).toList());
		this.leafClasses.free();
		DuplicateStrings strings = this.copies.result(this.graph, this.trie, holders);
		this.copies.free();
		return new Sum(containers, strings, references.result(this.search, holders));
	}

	/**
	 * What all threads have counted together, before retained sizes are known.
	 */
	record Sum(ContainerTally containers, DuplicateStrings duplicateStrings, ReferenceUses references) {

		Contents contents(LongTable retained, HolderWords holders) {
			return new Contents(this.containers.result(retained, holders), this.duplicateStrings, this.references);
		}

	}

}
