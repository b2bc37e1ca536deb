package io.leakwatch.heap.analysis;

import java.util.List;

import io.leakwatch.heap.hprof.HprofPart;
import io.leakwatch.heap.hprof.HprofWriter;
import io.leakwatch.heap.hprof.SyntheticArray;
import io.leakwatch.heap.hprof.SyntheticClass;
import io.leakwatch.heap.hprof.SyntheticInstance;
import io.leakwatch.heap.hprof.SyntheticRoot;
import io.leakwatch.heap.hprof.SyntheticThread;
import io.leakwatch.heap.hprof.SyntheticType;

/** Heap dumps of a few kilobytes that have something of everything. */
final class SmallDumps {

	private SmallDumps() {
	}

	/** One of each version and size of identifiers, and of each order of records. */
	static List<byte[]> all() {
		return List.of(populated(new HprofWriter("1.0.2", 8).segmentBytes(200)).toBytes(),
				populated(new HprofWriter("1.0.1", 4)).toBytes(),
				populated(new HprofWriter("1.0.3", 4).segmentBytes(300).at(0xffff_8000L)).toBytes(),
				populated(new HprofWriter("1.0.2", 8).order(HprofPart.OBJECTS, HprofPart.ROOTS, HprofPart.CLASSES))
					.toBytes());
	}

	/** The first of them, compressed in blocks. */
	static byte[] compressed() {
		return populated(new HprofWriter("1.0.2", 8).segmentBytes(200)).toGzipBytes(500);
	}

	/**
	 * Puts objects of all kinds into a heap: a chain, arrays, strings, a thread with a
	 * stack and locals, references of all strengths, a class loader and its class.
	 */
	static HprofWriter populated(HprofWriter heap) {
		heap.jdkClasses();
		SyntheticClass node = heap.declare("com.acme.Node")
			.references("next", "value")
			.field("id", SyntheticType.INT)
			.field("on", SyntheticType.BOOLEAN);
		SyntheticInstance first = heap.instance(node);
		SyntheticInstance last = first;
		for (int i = 0; i < 5; i++) {
			SyntheticInstance next = heap.instance(node).set("value", heap.string("value " + i)).set("id", i);
			last.set("next", next);
			last = next;
		}
		last.set("next", first);
		SyntheticArray array = heap.array(node, first, null, last);
		heap.declare("com.acme.Nodes")
			.staticField("FIRST", first)
			.staticField("ALL", array)
			.staticField("COUNT", SyntheticType.LONG, 6)
			.constant(3, SyntheticType.SHORT, 4);
		heap.array(array.type(), array, array);
		heap.primitiveArray(new long[] { 1, 2 });
		heap.primitiveArray(new char[] { 'a', 'b' });
		heap.root(SyntheticRoot.JNI_GLOBAL, heap.primitiveArray(new double[3]));
		for (String kind : List.of("Soft", "Weak", "Final", "Phantom")) {
			SyntheticInstance reference = heap.instance(heap.referenceClass("java.lang.ref." + kind + "Reference"))
				.set("referent", heap.instance(node).set("value", heap.string(kind)));
			heap.root(SyntheticRoot.MONITOR_USED, reference);
		}
		SyntheticThread thread = heap.thread("pool-1-thread-1").frame(node, "run", 12).locals(heap.string("local"));
		thread.frame(node, "main", -1).jniLocals(heap.instance(node));
		SyntheticClass loaderClass = heap.declare("com.acme.Loader").references("name", "classes");
		SyntheticInstance loader = heap.instance(loaderClass).set("name", heap.string("plugins"));
		SyntheticClass plugin = heap.declare("com.acme.Plugin").loadedBy(loader).references("state");
		loader.set("classes", heap.array(heap.objectClass(), plugin));
		heap.root(SyntheticRoot.UNKNOWN, heap.instance(plugin).set("state", first));
		return heap;
	}

}
