package io.leakwatch.benchmarks.heap;

import java.io.File;
import java.io.IOException;

import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.JavaClass;

/**
 * A class histogram by NetBeans' heap library, the one that VisualVM has too. The library
 * leaves a folder with its index beside the dump, and a second run on the same dump would
 * read that: give each run a link of its own to the dump.
 */
public final class NetBeansHistogram {

	private NetBeansHistogram() {
	}

	/**
	 * Prints the histogram.
	 * @param arguments the dump's path
	 * @throws IOException if the dump cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		Heap heap = HeapFactory.createHeap(new File(arguments[0]));
		Histogram histogram = new Histogram();
		for (Object each : heap.getAllClasses()) {
			JavaClass javaClass = (JavaClass) each;
			histogram.add(javaClass.getName(), javaClass.getInstancesCount(), javaClass.getAllInstancesSize());
		}
		histogram.print();
	}

}
