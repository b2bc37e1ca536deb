package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.leakwatch.heap.analysis.PathSearch.Root;
import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ObjectReader;
import io.leakwatch.heap.graph.ObjectVisitor;
import io.leakwatch.heap.graph.ReferenceKind;
import io.leakwatch.heap.graph.ScatteredObjects;
import io.leakwatch.heap.graph.Work;
import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.hprof.RecordCursor;
import io.leakwatch.heap.memory.Memory;

/**
 * The shortest ways from GC roots to objects of a heap dump: why an object is still
 * there.
 *
 * <p>
 * {@link #open} reads the graph and walks over it once, which is less work than a whole
 * {@link HeapAnalysis}, and takes some 30 bytes an object outside the Java heap. Each
 * answer then takes as long as its ways are, and for many objects one scan of the dump.
 * {@link #close} gives the memory back. Safe for several threads.
 */
public final class ShortestPaths implements AutoCloseable {

	/**
	 * How many steps of a way are told; the last ones, which are nearest to the object.
	 */
	private static final int MOST_STEPS = 1_000;

	private final Memory memory;

	private final Work work;

	private final HeapGraph graph;

	private final BreadthFirstTree tree;

	private ShortestPaths(HeapGraph graph, Memory memory, Work work) throws IOException {
		this.memory = memory;
		this.work = work;
		this.graph = graph;
		this.tree = new BreadthFirstTree(graph, new Roots(graph, new ScatteredObjects(graph, work, "threads")).all(),
				memory, work);
	}

	/**
	 * Walks over a heap dump.
	 * @param path the file
	 * @param options memory, threads, cancel signal, progress
	 * @param followed the kinds of reference objects whose referent is looked at too:
	 * none for what certainly keeps an object alive, {@link ReferenceKind#SOFT} and
	 * {@link ReferenceKind#FINAL} for what does so for a while, all for every way there
	 * is
	 * @return the paths, to be closed
	 * @throws IOException where the file cannot be read;
	 * {@link io.leakwatch.heap.hprof.HprofFormatException} where it is no heap dump or is
	 * damaged
	 */
	public static ShortestPaths open(Path path, HeapOptions options, Set<ReferenceKind> followed) throws IOException {
		Memory memory = options.newMemory();
		try {
			HprofFile file = HprofFile.open(path, memory);
			Work work = options.work();
			HeapGraph graph = HeapGraph.read(file, options.choose(file), memory, work, followed);
			return new ShortestPaths(graph, memory, work);
		}
		catch (Throwable ex) {
			memory.close();
			throw ex;
		}
	}

	/**
	 * The graph that was walked over.
	 * @return the graph
	 */
	public HeapGraph graph() {
		return this.graph;
	}

	/**
	 * How far an object is from the nearest root.
	 * @param id its id
	 * @return the references on the way, 0 for a root; -1 where there is no such object
	 * or no root leads to it
	 */
	public int distance(long id) {
		return this.tree.distance(this.graph.find(id));
	}

	/**
	 * The shortest ways to some objects, those with the same fields and classes as one.
	 * @param ids the ids of the objects
	 * @param limit how many ways at most
	 * @return the ways, the one of most objects first; empty where no root leads to any
	 * @throws IOException where the dump cannot be read
	 */
	public List<RootPath> to(Collection<Long> ids, int limit) throws IOException {
		ObjectReader reader = this.graph.reader();
		Targets targets = new Targets(Set.of());
		for (long id : new HashSet<>(ids)) {
			HeapClass type = reader.seek(id) ? reader.type() : null;
			if (type != null) {
				targets.add(this.graph.find(id), type);
			}
		}
		return paths(List.of(targets), limit);
	}

	/**
	 * The shortest ways to the instances of a class, those with the same fields and
	 * classes as one.
	 * @param className the name of the class; classes that extend it are not meant
	 * @param limit how many ways at most
	 * @return the ways, the one of most objects first; empty where there is no such class
	 * and where no root leads to an instance
	 * @throws IOException where the dump cannot be read
	 */
	public List<RootPath> toClass(String className, int limit) throws IOException {
		return toClasses(className::equals, limit);
	}

	/**
	 * The shortest ways to the instances of some classes, those with the same fields and
	 * classes as one.
	 * @param className whether the class of a name is meant
	 * @param limit how many ways at most
	 * @return the ways, the one of most objects first; empty where no root leads to an
	 * instance
	 * @throws IOException where the dump cannot be read
	 */
	public List<RootPath> toClasses(Predicate<String> className, int limit) throws IOException {
		Set<HeapClass> classes = new HashSet<>();
		for (HeapClass each : this.graph.classes().all()) {
			if (className.test(each.name())) {
				classes.add(each);
			}
		}
		return classes.isEmpty() ? List.of()
				: paths(this.graph.visit(this.work, "paths to the class", () -> new Targets(classes)), limit);
	}

	private List<RootPath> paths(List<Targets> found, int limit) throws IOException {
		Map<Integer, Way> merged = new HashMap<>();
		for (Targets each : found) {
			each.ways.forEach((node, way) -> merged.merge(node, way, Way::add));
		}
		List<Way> ways = new ArrayList<>(merged.values());
		ways.sort(Comparator.comparingLong(Way::count).reversed().thenComparingInt(Way::object));
		List<RootPath> paths = new ArrayList<>();
		for (Way way : ways.subList(0, Math.min(limit, ways.size()))) {
			paths.add(new RootPath(way.count(), steps(way.object(), way.type())));
		}
		return paths;
	}

	private List<PathStep> steps(int target, HeapClass type) throws IOException {
		Deque<PathStep> steps = new ArrayDeque<>();
		int object = target;
		String className = type.name();
		for (;;) {
			Root root = this.tree.root(object);
			BreadthFirstTree.Link link = (root == null) ? this.tree.link(object) : null;
			boolean first = link == null || link.first();
			push(steps, (root != null) ? root.label() : (link != null) ? link.field() : "", className, object, first);
			if (first) {
				return List.copyOf(steps);
			}
			object = this.tree.before(object);
			className = (object < this.graph.innerCount()) ? this.graph.classOf(object).name()
					: this.graph.classes().string().name();
		}
	}

	/** Folds what repeats, and leaves out what is too far away but for the first step. */
	private void push(Deque<PathStep> steps, String field, String className, int object, boolean first) {
		PathStep after = steps.peekFirst();
		if (after != null && after.field().equals(field) && after.className().equals(className)) {
			steps.removeFirst();
			steps.addFirst(new PathStep(field, className, after.id(), after.length() + 1));
		}
		else if (steps.size() < MOST_STEPS || first) {
			steps.addFirst(new PathStep(field, className, this.graph.id(object), 1));
		}
	}

	@Override
	public void close() {
		this.memory.close();
	}

	/**
	 * Objects with the same way.
	 *
	 * @param count how many
	 * @param object the one with the least number
	 * @param type its class
	 */
	private record Way(long count, int object, HeapClass type) {

		Way add(Way other) {
			Way least = (other.object < this.object) ? other : this;
			return new Way(this.count + other.count, least.object, least.type);
		}

	}

	/** Merges the ways to objects, for one thread. */
	private final class Targets implements ObjectVisitor {

		private final Set<HeapClass> classes;

		private final Map<Integer, Way> ways = new HashMap<>();

		Targets(Set<HeapClass> classes) {
			this.classes = classes;
		}

		@Override
		public void object(int object, HeapClass type, long shallowBytes, RecordCursor record) throws IOException {
			if (this.classes.contains(type)) {
				add(object, type);
			}
		}

		private void add(int object, HeapClass type) throws IOException {
			if (ShortestPaths.this.tree.distance(object) >= 0) {
				int node = ShortestPaths.this.tree.node(object, type.index());
				this.ways.merge(node, new Way(1, object, type), Way::add);
			}
		}

	}

}
