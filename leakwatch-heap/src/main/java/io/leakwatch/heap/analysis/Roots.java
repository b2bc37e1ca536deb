package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.leakwatch.heap.analysis.PathSearch.Root;
import io.leakwatch.heap.graph.GcRoot;
import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ScatteredObjects;

/**
 * Where the walks over a heap begin: the roots that the dump names, and the classes of
 * the loaders that the JDK itself keeps, of which HotSpot lists only the boot loader's.
 */
final class Roots {

	static final int THREAD_ORDER = 1;

	static final int SOFT_ORDER = 8;

	static final int FINALIZER_ORDER = 9;

	private final HeapGraph graph;

	private final List<Root> all = new ArrayList<>();

	private final Map<Integer, ThreadOfRoots> threads = new HashMap<>();

	Roots(HeapGraph graph, ScatteredObjects objects) throws IOException {
		this.graph = graph;
		for (HeapClass each : graph.classes().all()) {
			int object = (each.id() != 0 && graph.classes().isLasting(each.loaderId())) ? graph.find(each.id()) : -1;
			if (object >= 0) {
				this.all.add(new Root(object, 0, GcRoot.Kind.SYSTEM_CLASS.words()));
			}
		}
		readThreads(objects);
		for (GcRoot root : graph.roots()) {
			this.all.add(new Root(root.object(), order(root.kind()), label(root)));
		}
		this.all.sort(Comparator.comparingInt(Root::order).thenComparingInt(Root::object).thenComparing(Root::label));
	}

	private static int order(GcRoot.Kind kind) {
		return switch (kind) {
			case SYSTEM_CLASS -> 0;
			case THREAD -> THREAD_ORDER;
			case JNI_GLOBAL, INTERNED_STRING -> 2;
			case OTHER -> 3;
			case MONITOR, JNI_LOCAL, NATIVE_STACK, THREAD_BLOCK -> 4;
			case JAVA_FRAME -> 5;
			case SOFT_REFERENCE -> SOFT_ORDER;
			case FINALIZER -> FINALIZER_ORDER;
		};
	}

	private void readThreads(ScatteredObjects objects) throws IOException {
		List<Long> ids = new ArrayList<>();
		this.graph.roots().stream().filter(Roots::isThread).forEach((root) -> ids.add(this.graph.id(root.object())));
		Map<Long, String> names = objects.texts(ids, "name");
		for (GcRoot root : this.graph.roots()) {
			if (isThread(root)) {
				String name = names.get(this.graph.id(root.object()));
				name = (name != null) ? name : this.graph.file().threadName(root.threadSerial());
				this.threads.put(root.threadSerial(),
						new ThreadOfRoots(root.object(), (name != null) ? name : "", root.frameNumber()));
			}
		}
	}

	private static boolean isThread(GcRoot root) {
		return root.kind() == GcRoot.Kind.THREAD;
	}

	private String label(GcRoot root) {
		ThreadOfRoots thread = this.threads.get(root.threadSerial());
		String group = (thread != null) ? thread.group() : null;
		return switch (root.kind()) {
			case THREAD -> "thread group '" + ((group != null) ? group : "") + "'";
			case JAVA_FRAME -> (group != null) ? "local of thread group '" + group + "'" : "local variable";
			case JNI_LOCAL, NATIVE_STACK, THREAD_BLOCK ->
				(group != null) ? root.kind().words() + " of thread group '" + group + "'" : root.kind().words();
			default -> root.kind().words();
		};
	}

	/** The roots, in the order in which walks begin at them. */
	List<Root> all() {
		return this.all;
	}

	void add(Root root) {
		this.all.add(root);
	}

	/** The threads by their serial numbers. */
	Map<Integer, ThreadOfRoots> threads() {
		return this.threads;
	}

	/**
	 * A thread.
	 *
	 * @param object its number
	 * @param name its name, empty where it has none
	 * @param traceSerial its stack
	 */
	record ThreadOfRoots(int object, String name, int traceSerial) {

		/**
		 * The name with each run of digits replaced, the same for the threads of a pool.
		 */
		String group() {
			return this.name.replaceAll("\\d+", "#");
		}

	}

}
