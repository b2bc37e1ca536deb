package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;

import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.HeapGraph.VisitorFactory;
import io.leakwatch.heap.graph.ScatteredObjects;
import io.leakwatch.heap.graph.Work;
import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.hprof.HprofFile.Dump;
import io.leakwatch.heap.memory.LongTable;
import io.leakwatch.heap.memory.Memory;
import io.leakwatch.heap.profile.BeanUse;
import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.LoaderUse;
import io.leakwatch.heap.profile.PathTree;
import io.leakwatch.heap.profile.StableName;
import io.leakwatch.heap.profile.ThreadUse;
import org.jspecify.annotations.Nullable;

/**
 * Who holds what in a heap dump: dominators, retained sizes, merged paths, Spring beans,
 * threads, class loaders.
 *
 * <p>
 * {@link #open} reads a dump of 19 million objects in some seconds; the answers after
 * that are at hand. The big tables lie outside the Java heap, so a small one will do.
 * Safe for several threads once it is open. {@link #close} gives the memory back and
 * deletes the temporary files.
 */
public final class HeapAnalysis implements AutoCloseable {

	private final Memory memory;

	private final HeapGraph graph;

	private final DepthFirstTree tree;

	private final DominatorTree dominators;

	private final LeafDominators leaves;

	private final PathSearch search;

	private final PathTrie trie;

	private final LongTable retained;

	private final Totals totals;

	private final PathTree paths;

	private final List<RetainedObject> largest;

	private final List<ThreadStack> threads;

	private final List<LoaderUse> loaders;

	private final List<BeanUse> beans;

	private final List<ClassUse> classes;

	private final @Nullable Contents contents;

	private HeapAnalysis(HeapGraph graph, Memory memory, Work work, boolean withContents) throws IOException {
		this.memory = memory;
		this.graph = graph;
		Roots roots = new Roots(graph, new ScatteredObjects(graph, work, "threads"));
		this.trie = new PathTrie(PathTrie.MAXIMUM_NODES);
		FieldNames fields = new FieldNames(graph);
		this.tree = new DepthFirstTree(graph.rows(), graph.innerCount(), memory, work);
		this.search = new PathSearch(graph, this.trie, fields, memory, work);
		this.tree.visit(roots.all());
		new Referents(graph, this.tree, roots).visit();
		SpringBeans beans = SpringBeans.find(graph, fields, this.tree, new BeanNames(graph, work));
		this.search.run(roots.all(), beans, this.tree);
		BeanReach reach = new BeanReach(graph, beans, new BeanNodes(this.trie, fields, beans.all()), this.search,
				memory, work);
		this.dominators = new DominatorTree(this.tree, graph, memory, work);
		this.leaves = new LeafDominators(graph, this.tree, this.dominators, roots, memory);
		this.search.name(roots.all());
		this.dominators.forgetDepths();
		graph.forgetFurtherHolders();
		this.retained = memory.longs(this.tree.count() + 1L);
		ObjectTallies tallies = withContents ? new ObjectTallies(graph, this.tree, this.dominators, this.leaves,
				this.search, this.trie, fields, memory) : null;
		VisitorFactory<SizeVisitor> visitors = () -> new SizeVisitor(graph, this.tree, this.leaves, this.search,
				this.trie, this.retained);
		List<SizeVisitor> visited = (tallies != null) ? tallies.visit(work, visitors)
				: graph.visit(work, "sizes", visitors);
		this.totals = Totals.sum(visited.stream().map(SizeVisitor::totals).toList(), this.trie.size());
		HolderWords holders = new HolderWords(this.trie, fields);
		ObjectTallies.Sum counted = (tallies != null) ? tallies.sum(holders) : null;
		graph.forgetHolders();
		long[] reachBytes = reach.bytes(this.retained, this.tree);
		RetainedSizes sizes = new RetainedSizes(graph, this.tree, this.dominators, this.search, this.trie,
				this.retained, this.totals, memory);
		this.largest = sizes.add(memory, work);
		this.contents = (counted != null) ? counted.contents(this.retained, holders) : null;
		this.paths = PathResult.of(this.trie, fields, this.totals);
		this.classes = ClassUse.of(graph, this.totals);
		this.threads = ThreadStack.of(graph, roots, this);
		this.loaders = Loaders.of(this, this.totals, new ScatteredObjects(graph, work, "class loaders"),
				(object) -> holders.of(this.search.node(object)));
		this.beans = BeanUses.of(this, beans, new BeanNodes(this.trie, fields, beans.all()), this.totals, reachBytes);
	}

	/**
	 * Analyses the newest heap dump of a file.
	 * @param path the file
	 * @param options memory, threads, cancel signal, progress
	 * @return the analysis, to be closed
	 * @throws IOException where the file cannot be read;
	 * {@link io.leakwatch.heap.hprof.HprofFormatException} where it is no heap dump or is
	 * damaged; a {@link CancellationException} where the options or an interrupt say to
	 * stop
	 */
	public static HeapAnalysis open(Path path, HeapOptions options) throws IOException {
		Memory memory = options.newMemory();
		try {
			HprofFile file = HprofFile.open(path, memory);
			Dump dump = options.choose(file);
			Work work = options.work();
			return new HeapAnalysis(HeapGraph.read(file, dump, memory, work), memory, work, options.contents());
		}
		catch (Throwable ex) {
			try {
				memory.close();
			}
			catch (IllegalStateException closing) {
				ex.addSuppressed(closing);
			}
			IOException cause = (ex instanceof UncheckedIOException noRoom) ? noRoom.getCause() : null;
			if (ex instanceof ClosedByInterruptException || cause instanceof ClosedByInterruptException) {
				throw (CancellationException) new CancellationException("The analysis was cancelled").initCause(ex);
			}
			if (cause != null) {
				throw new IOException(ex.getMessage(), ex);
			}
			throw ex;
		}
	}

	/**
	 * The graph that was analysed. Its references are forgotten.
	 * @return the graph
	 */
	public HeapGraph graph() {
		return this.graph;
	}

	/**
	 * The heap in a few numbers.
	 * @return the summary
	 */
	public HeapSummary summary() {
		return HeapSummary.of(this.graph, this.classes, this.totals);
	}

	/**
	 * The classes that have instances, those with the most bytes first.
	 * @return an immutable list
	 */
	public List<ClassUse> classes() {
		return this.classes;
	}

	/**
	 * The merged paths from the roots. Known containers are one step.
	 * @return the tree
	 */
	public PathTree paths() {
		return this.paths;
	}

	/**
	 * The objects that retain the most: each that retains a thousandth of the heap, with
	 * those that dominate it, largest first.
	 * @return an immutable list, of some thousand at most
	 */
	public List<RetainedObject> largest() {
		return this.largest;
	}

	/**
	 * The threads, with the bytes that their local variables retain.
	 * @return an immutable list, the most bytes first
	 */
	public List<ThreadStack> threads() {
		return this.threads;
	}

	/**
	 * The class loaders, each by itself.
	 * @return an immutable list, the most retained bytes first
	 */
	public List<LoaderUse> loaders() {
		return this.loaders;
	}

	/**
	 * The Spring beans of all bean factories, with what each has of the heap.
	 * @return an immutable list, the most held bytes first; empty where there is no
	 * Spring
	 */
	public List<BeanUse> beans() {
		return this.beans;
	}

	/**
	 * The containers: entries, empty ones, unused slots. Fails where the analysis was
	 * done without a look at contents.
	 * @return the containers by class, and those with the most entries
	 */
	public CollectionUses collections() {
		return contents().collections();
	}

	/**
	 * The strings that are there more than once. Fails where the analysis was done
	 * without a look at contents.
	 * @return the sums, and the texts that waste the most
	 */
	public DuplicateStrings duplicateStrings() {
		return contents().duplicateStrings();
	}

	/**
	 * The soft, weak, phantom and final references, and the queues they wait in. Fails
	 * where the analysis was done without a look at contents.
	 * @return the references by kind and classes, and the longest queues
	 */
	public ReferenceUses references() {
		return contents().references();
	}

	private Contents contents() {
		if (this.contents == null) {
			throw new IllegalStateException(
					"The analysis has not looked at contents: open it with options that do (HeapOptions.contents)");
		}
		return this.contents;
	}

	/**
	 * What would be freed if an object were gone.
	 * @param object its number
	 * @return bytes, its own included; 0 for a leaf, whose bytes are its own, and where
	 * no root leads to it
	 */
	public long retainedBytes(int object) {
		int v = (object < this.graph.innerCount()) ? this.tree.number(object) : 0;
		return (v != 0) ? this.retained.get(v) : 0;
	}

	/**
	 * The object without which an object could not be reached.
	 * @param object its number
	 * @return the number of the immediate dominator, -1 where no single object is, or no
	 * root leads to it
	 */
	public int dominator(int object) {
		if (object >= this.graph.innerCount()) {
			int string = this.leaves.string(object);
			if (string >= 0) {
				return string;
			}
			int v = this.leaves.isUnreachable(object) ? 0 : this.leaves.dominator(object);
			return (v != 0) ? this.tree.object(v) : -1;
		}
		int v = this.tree.number(object);
		int above = (v != 0) ? this.dominators.dominator(v) : 0;
		return (above != 0) ? this.tree.object(above) : -1;
	}

	/**
	 * Whether some root leads to an object, by references that keep it alive.
	 * @param object its number
	 * @return whether it is reachable
	 */
	public boolean isReachable(int object) {
		return (object < this.graph.innerCount()) ? this.tree.number(object) != 0 : !this.leaves.isUnreachable(object);
	}

	/**
	 * What is worth keeping of the analysis: names and numbers only.
	 * @param title what a person calls it
	 * @return the profile
	 */
	public HeapProfile profile(String title) {
		HeapSummary summary = summary();
		List<ClassCount> counts = this.classes.stream()
			.map((each) -> new ClassCount(StableName.ofClass(each.className()), each.count(), each.shallowBytes(),
					each.retainedBytes()))
			.toList();
		return HeapProfile.builder(this.graph.file().writtenAt(), HeapProfile.Kind.HEAP_DUMP)
			.title(title)
			.classes(counts)
			.unreachable(summary.unreachableCount(), summary.unreachableBytes())
			.paths(this.paths)
			.loaders(this.loaders)
			.beans(this.beans)
			.threads(this.threads.stream()
				.map((thread) -> new ThreadUse(thread.group(), 1, thread.retainedBytes()))
				.toList())
			.build();
	}

	@Override
	public void close() {
		this.memory.close();
	}

}
