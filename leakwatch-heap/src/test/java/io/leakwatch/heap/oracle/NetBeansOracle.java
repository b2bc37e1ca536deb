package io.leakwatch.heap.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import org.netbeans.lib.profiler.heap.FieldValue;
import org.netbeans.lib.profiler.heap.GCRoot;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;
import org.netbeans.lib.profiler.heap.JavaClass;
import org.netbeans.lib.profiler.heap.ObjectArrayInstance;
import org.netbeans.lib.profiler.heap.ObjectFieldValue;

/**
 * NetBeans' heap library. It leaves a folder with its index beside the dump.
 */
final class NetBeansOracle implements HeapOracle {

	/** Not in the file as a field: the library makes it of the class's loader. */
	private static final String CLASS_LOADER = "<classLoader>";

	private final Heap heap;

	NetBeansOracle(Path dump) throws IOException {
		this.heap = HeapFactory.createHeap(dump.toFile());
	}

	@Override
	public Map<Long, String> classes() {
		Map<Long, String> classes = new HashMap<>();
		for (Object each : this.heap.getAllClasses()) {
			JavaClass javaClass = (JavaClass) each;
			classes.put(javaClass.getJavaClassId(), ClassNames.binary(javaClass.getName()));
		}
		return classes;
	}

	@Override
	public Map<String, Long> objectsByClass() {
		Map<String, Long> objects = new HashMap<>();
		for (Object each : this.heap.getAllClasses()) {
			JavaClass javaClass = (JavaClass) each;
			if (javaClass.getInstancesCount() > 0) {
				objects.merge(ClassNames.binary(javaClass.getName()), (long) javaClass.getInstancesCount(), Long::sum);
			}
		}
		return objects;
	}

	@Override
	public List<Long> references(long objectId) {
		JavaClass javaClass = this.heap.getJavaClassByID(objectId);
		if (javaClass != null) {
			return ofFields(javaClass.getStaticFieldValues());
		}
		Instance instance = this.heap.getInstanceByID(objectId);
		if (instance instanceof ObjectArrayInstance array) {
			List<Long> references = new ArrayList<>();
			for (Object value : array.getValues()) {
				add((Instance) value, references);
			}
			references.sort(null);
			return references;
		}
		return ofFields(instance.getFieldValues());
	}

	private static List<Long> ofFields(List<?> values) {
		List<Long> references = new ArrayList<>();
		for (Object each : values) {
			FieldValue value = (FieldValue) each;
			if (value instanceof ObjectFieldValue objectValue && !value.getField().getName().equals(CLASS_LOADER)) {
				add(objectValue.getInstance(), references);
			}
		}
		references.sort(null);
		return references;
	}

	private static void add(Instance referenced, List<Long> references) {
		if (referenced != null) {
			references.add(referenced.getInstanceId());
		}
	}

	@Override
	public SortedSet<Long> roots() {
		SortedSet<Long> roots = new TreeSet<>();
		for (Object each : this.heap.getGCRoots()) {
			Instance root = ((GCRoot) each).getInstance();
			if (root != null) {
				roots.add(root.getInstanceId());
			}
		}
		return roots;
	}

	@Override
	public void close() {
		// The library has no way to be closed: its maps of the file go with the garbage.
	}

	@Override
	public String toString() {
		return "NetBeans";
	}

}
