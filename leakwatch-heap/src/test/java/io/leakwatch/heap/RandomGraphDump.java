package io.leakwatch.heap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.leakwatch.heap.hprof.HprofWriter;
import io.leakwatch.heap.hprof.SyntheticArray;
import io.leakwatch.heap.hprof.SyntheticClass;
import io.leakwatch.heap.hprof.SyntheticInstance;
import io.leakwatch.heap.hprof.SyntheticObject;
import io.leakwatch.heap.hprof.SyntheticRoot;
import io.leakwatch.heap.hprof.SyntheticType;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RandomGraph} as a heap dump: a node is an instance, an array of references or,
 * where it refers to nothing, also an array of primitive values or an instance without
 * reference fields. Null references and primitive fields lie between the references, and
 * the nodes' addresses are in no order of the nodes.
 *
 * <p>
 * Besides the nodes the dump has only classes, which are roots and refer to nothing.
 */
public final class RandomGraphDump {

	private static final SyntheticRoot[] ROOTS = { SyntheticRoot.JNI_GLOBAL, SyntheticRoot.MONITOR_USED,
			SyntheticRoot.UNKNOWN, SyntheticRoot.NATIVE_STACK, SyntheticRoot.JAVA_FRAME };

	private final HprofWriter heap;

	private final RandomGraph graph;

	private final Random random;

	private final Map<String, SyntheticClass> classes = new HashMap<>();

	private final SyntheticObject[] objects;

	private RandomGraphDump(RandomGraph graph, HprofWriter heap, long seed) {
		this.graph = graph;
		this.heap = heap;
		this.random = new Random(seed);
		this.objects = makeObjects();
		for (int node = 0; node < graph.size(); node++) {
			connect(node);
		}
		for (int root : graph.roots()) {
			heap.root(ROOTS[this.random.nextInt(ROOTS.length)], this.objects[root]);
		}
	}

	/**
	 * Puts a graph into a heap.
	 * @param graph the graph
	 * @param heap where its objects go, which has nothing else
	 * @param seed what decides how the nodes look
	 * @return the dump
	 */
	public static RandomGraphDump of(RandomGraph graph, HprofWriter heap, long seed) {
		return new RandomGraphDump(graph, heap, seed);
	}

	/**
	 * The heap with the graph.
	 * @return the writer, to write it
	 */
	public HprofWriter heap() {
		return this.heap;
	}

	/**
	 * The address of a node's object.
	 * @param node the node
	 * @return the address
	 */
	public long address(int node) {
		return this.objects[node].id();
	}

	private SyntheticObject[] makeObjects() {
		List<Integer> order = new ArrayList<>();
		for (int node = 0; node < this.graph.size(); node++) {
			order.add(this.random.nextInt(order.size() + 1), node);
		}
		SyntheticObject[] objects = new SyntheticObject[this.graph.size()];
		for (int node : order) {
			objects[node] = makeObject(this.graph.references(node).length);
		}
		return objects;
	}

	private SyntheticObject makeObject(int references) {
		int nulls = this.random.nextInt(2);
		if (references == 0 && this.random.nextBoolean()) {
			return this.random.nextBoolean() ? this.heap.primitiveArray(new int[this.random.nextInt(5)])
					: this.heap.instance(classOf("Leaf", 0));
		}
		if (this.random.nextInt(3) == 0) {
			return this.heap.array(this.heap.objectClass(), new @Nullable SyntheticObject[references + nulls]);
		}
		return this.heap.instance(classOf("Node", references + nulls));
	}

	/** A class with this many references, half of them in its super class. */
	private SyntheticClass classOf(String name, int references) {
		return this.classes.computeIfAbsent(name + references, (key) -> {
			SyntheticClass base = this.heap.declare("graph.Base" + key).field("flag", SyntheticType.BYTE);
			SyntheticClass type = this.heap.declare("graph." + key).extending(base);
			for (int i = 0; i < references; i++) {
				((i < references / 2) ? base : type).references("f" + i).field("n" + i, SyntheticType.INT);
			}
			return type;
		});
	}

	private void connect(int node) {
		int[] references = this.graph.references(node);
		if (references.length == 0) {
			return;
		}
		SyntheticObject object = this.objects[node];
		for (int i = 0; i < references.length; i++) {
			if (object instanceof SyntheticArray array) {
				array.set(i, this.objects[references[i]]);
			}
			else if (object instanceof SyntheticInstance instance) {
				instance.set("f" + i, this.objects[references[i]]).set("n" + i, this.random.nextInt());
			}
		}
	}

}
