package io.leakwatch.heap.cli;

import java.util.ArrayList;
import java.util.List;

import io.leakwatch.heap.hprof.HprofWriter;
import io.leakwatch.heap.hprof.SyntheticClass;
import io.leakwatch.heap.hprof.SyntheticInstance;
import io.leakwatch.heap.hprof.SyntheticObject;
import io.leakwatch.heap.hprof.SyntheticType;

/** Dumps for the tests of the tool. */
final class SyntheticDumps {

	/** A name that would end a string, turn a line and colour a terminal. */
	static final String HOSTILE = "evil\"\\\u001b[31m\n\u202e\ud83d\ude00\u2028Name";

	private SyntheticDumps() {
	}

	/** A bus with listeners in a list, a chain of nodes, a thread with a local. */
	static HprofWriter bus(int listeners) {
		HprofWriter heap = new HprofWriter().jdkClasses();
		SyntheticClass listener = heap.declare("com.acme.Listener").references("payload");
		List<SyntheticObject> all = new ArrayList<>();
		for (int i = 0; i < listeners; i++) {
			all.add(heap.instance(listener).set("payload", heap.primitiveArray(new byte[1_000])));
		}
		SyntheticClass list = heap.declare("java.util.ArrayList")
			.references("elementData")
			.field("size", SyntheticType.INT);
		SyntheticObject elements = heap.array(heap.objectClass(), all.toArray(SyntheticObject[]::new));
		heap.declare("com.acme.Bus")
			.staticField("LISTENERS", heap.instance(list).set("elementData", elements).set("size", listeners));
		SyntheticClass node = heap.declare("com.acme.Node").references("next");
		SyntheticInstance first = heap.instance(node);
		SyntheticInstance last = first;
		for (int i = 1; i < 500; i++) {
			SyntheticInstance next = heap.instance(node);
			last.set("next", next);
			last = next;
		}
		heap.declare("com.acme.Chain").staticField("FIRST", first);
		SyntheticClass shop = heap.declare("com.acme.Shop");
		heap.thread("pool-1-thread-7")
			.frame(shop, "sell", 12)
			.locals(heap.instance(listener).set("payload", heap.primitiveArray(new long[500])));
		return heap;
	}

	/** A bean factory with a bean that has an array of orders. */
	static HprofWriter beans(int orders) {
		HprofWriter heap = new HprofWriter().jdkClasses();
		SyntheticClass node = heap.declare("java.util.concurrent.ConcurrentHashMap$Node").references("key", "val");
		SyntheticClass map = heap.declare("java.util.concurrent.ConcurrentHashMap").references("table");
		SyntheticClass factory = heap.declare("org.springframework.beans.factory.support.DefaultSingletonBeanRegistry")
			.references("singletonObjects");
		SyntheticObject[] all = new SyntheticObject[orders];
		for (int i = 0; i < orders; i++) {
			all[i] = heap.primitiveArray(new byte[1_000]);
		}
		SyntheticClass bytes = heap.primitiveArray(new byte[0]).type();
		SyntheticInstance shop = heap.instance(heap.declare("com.acme.Shop").references("orders"))
			.set("orders", heap.array(bytes, all));
		SyntheticInstance entry = heap.instance(node).set("key", heap.string("shop")).set("val", shop);
		SyntheticInstance singletons = heap.instance(map).set("table", heap.array(node, entry));
		heap.declare("com.acme.Main")
			.staticField("FACTORY", heap.instance(factory).set("singletonObjects", singletons));
		return heap;
	}

	/** A heap whose class, field and thread have hostile names. */
	static HprofWriter hostile() {
		HprofWriter heap = new HprofWriter().jdkClasses();
		SyntheticClass type = heap.declare(HOSTILE).references(HOSTILE);
		List<SyntheticObject> all = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			all.add(heap.instance(type).set(HOSTILE, heap.primitiveArray(new byte[500])));
		}
		heap.declare("com.acme.Holder" + HOSTILE)
			.staticField(HOSTILE, heap.array(type, all.toArray(SyntheticObject[]::new)));
		heap.thread(HOSTILE).locals(heap.instance(type));
		return heap;
	}

}
