package io.leakwatch.heap.oracle;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * What another reader of heap dumps says of one: an opinion that owes nothing to our
 * engine. The answers are in the engine's words, so that they can be compared as they
 * are: classes have the JVM's binary names ({@code [Ljava.lang.String;}), objects have
 * their ids.
 */
interface HeapOracle extends AutoCloseable {

	/**
	 * Names of the classes, by the ids of their class objects.
	 */
	Map<Long, String> classes();

	/**
	 * How many instances and arrays there are of each class, for those that have any.
	 * Classes of one name, of several loaders, are counted as one. Class objects are not
	 * counted, but for the few that are instances in the file, those of the primitive
	 * types.
	 */
	Map<String, Long> objectsByClass();

	/**
	 * What the object itself refers to: by its fields, by its slots if it is an array, by
	 * its static fields if it is a class. In ascending order, each as often as it is
	 * referred to. Null is left out, and so is what the dump does not have.
	 */
	List<Long> references(long objectId);

	/**
	 * Ids of the objects that are GC roots, of any kind.
	 */
	SortedSet<Long> roots();

	@Override
	void close() throws IOException;

}
