package io.leakwatch.heap.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import kotlin.sequences.Sequence;
import shark.CloseableHeapGraph;
import shark.GcRoot;
import shark.HeapField;
import shark.HeapObject;
import shark.HprofHeapGraph;
import shark.HprofRecordTag;

/**
 * Shark, the heap library of LeakCanary.
 */
final class SharkOracle implements HeapOracle {

	/** By itself it leaves out some kinds of roots. */
	private static final Set<HprofRecordTag> ROOTS = Arrays.stream(HprofRecordTag.values())
		.filter((tag) -> tag.name().startsWith("ROOT_"))
		.collect(Collectors.toUnmodifiableSet());

	private final CloseableHeapGraph graph;

	SharkOracle(Path dump) {
		this.graph = HprofHeapGraph.Companion.openHeapGraph(dump.toFile(), null, ROOTS);
	}

	@Override
	public Map<Long, String> classes() {
		Map<Long, String> classes = new HashMap<>();
		for (HeapObject.HeapClass heapClass : each(this.graph.getClasses())) {
			classes.put(heapClass.getObjectId(), ClassNames.binary(heapClass.getName()));
		}
		return classes;
	}

	@Override
	public Map<String, Long> objectsByClass() {
		Map<String, Long> objects = new HashMap<>();
		for (HeapObject object : each(this.graph.getObjects())) {
			if (!(object instanceof HeapObject.HeapClass)) {
				objects.merge(ClassNames.binary(classOf(object)), 1L, Long::sum);
			}
		}
		return objects;
	}

	private static String classOf(HeapObject object) {
		if (object instanceof HeapObject.HeapInstance instance) {
			return instance.getInstanceClassName();
		}
		if (object instanceof HeapObject.HeapObjectArray array) {
			return array.getArrayClassName();
		}
		return ((HeapObject.HeapPrimitiveArray) object).getArrayClassName();
	}

	/**
	 * Ids of instances and arrays, each nth. Here, for NetBeans' library cannot go
	 * through the objects of a dump that has roots between them, as those of JDK 25 have.
	 */
	List<Long> sample(int nth) {
		List<Long> sample = new ArrayList<>();
		int number = 0;
		for (HeapObject object : each(this.graph.getObjects())) {
			if (!(object instanceof HeapObject.HeapClass) && number++ % nth == 0) {
				sample.add(object.getObjectId());
			}
		}
		return sample;
	}

	@Override
	public List<Long> references(long objectId) {
		HeapObject object = this.graph.findObjectById(objectId);
		if (object instanceof HeapObject.HeapInstance instance) {
			return ofFields(instance.readFields());
		}
		if (object instanceof HeapObject.HeapClass heapClass) {
			return ofFields(heapClass.readStaticFields());
		}
		if (object instanceof HeapObject.HeapObjectArray array) {
			return Arrays.stream(array.readRecord().getElementIds())
				.filter(this.graph::objectExists)
				.sorted()
				.boxed()
				.toList();
		}
		return List.of();
	}

	private List<Long> ofFields(Sequence<HeapField> fields) {
		List<Long> references = new ArrayList<>();
		for (HeapField field : each(fields)) {
			Long id = field.getValue().getAsNonNullObjectId();
			if (id != null && this.graph.objectExists(id)) {
				references.add(id);
			}
		}
		references.sort(null);
		return references;
	}

	@Override
	public SortedSet<Long> roots() {
		SortedSet<Long> roots = new TreeSet<>();
		for (GcRoot root : this.graph.getGcRoots()) {
			if (this.graph.objectExists(root.getId())) {
				roots.add(root.getId());
			}
		}
		return roots;
	}

	private static <T> Iterable<T> each(Sequence<? extends T> sequence) {
		return () -> {
			Iterator<? extends T> elements = sequence.iterator();
			return new Iterator<>() {

				@Override
				public boolean hasNext() {
					return elements.hasNext();
				}

				@Override
				public T next() {
					return elements.next();
				}

			};
		};
	}

	@Override
	public void close() throws IOException {
		this.graph.close();
	}

	@Override
	public String toString() {
		return "Shark";
	}

}
