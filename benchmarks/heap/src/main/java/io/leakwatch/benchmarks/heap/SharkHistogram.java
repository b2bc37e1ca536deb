package io.leakwatch.benchmarks.heap;

import java.io.File;
import java.io.IOException;
import java.util.Iterator;

import shark.CloseableHeapGraph;
import shark.HeapObject;
import shark.HprofHeapGraph;
import shark.HprofIndex;

/**
 * A class histogram by Shark, LeakCanary's heap library: it makes its index, and then
 * each object is asked for its class. Sizes of arrays and instances are in the index;
 * class objects count nothing.
 */
public final class SharkHistogram {

	private SharkHistogram() {
	}

	/**
	 * Prints the histogram.
	 * @param arguments the dump's path
	 * @throws IOException if the dump cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		Histogram histogram = new Histogram();
		try (CloseableHeapGraph graph = HprofHeapGraph.Companion.openHeapGraph(new File(arguments[0]), null,
				HprofIndex.Companion.defaultIndexedGcRootTags())) {
			Iterator<HeapObject> objects = graph.getObjects().iterator();
			while (objects.hasNext()) {
				count(objects.next(), histogram);
			}
		}
		histogram.print();
	}

	private static void count(HeapObject object, Histogram histogram) {
		if (object instanceof HeapObject.HeapInstance instance) {
			histogram.add(instance.getInstanceClassName(), 1, instance.getByteSize());
		}
		else if (object instanceof HeapObject.HeapObjectArray array) {
			histogram.add(array.getArrayClassName(), 1, array.getRecordSize());
		}
		else if (object instanceof HeapObject.HeapPrimitiveArray array) {
			histogram.add(array.getArrayClassName(), 1, array.getRecordSize());
		}
	}

}
