package io.leakwatch.heap.graph;

import java.io.IOException;

import io.leakwatch.heap.hprof.RecordCursor;

/** Is shown every object of a heap once, in the order of the dump, by one thread. */
@FunctionalInterface
public interface ObjectVisitor {

	/**
	 * An object.
	 * @param object its number
	 * @param type its class
	 * @param shallowBytes its size in the JVM
	 * @param record the record, to read its content from
	 * @throws IOException where it cannot be read
	 */
	void object(int object, HeapClass type, long shallowBytes, RecordCursor record) throws IOException;

}
