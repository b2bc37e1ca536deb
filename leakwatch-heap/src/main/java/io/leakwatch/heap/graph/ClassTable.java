package io.leakwatch.heap.graph;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.leakwatch.heap.hprof.BasicType;
import io.leakwatch.heap.hprof.ClassRecord;
import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.hprof.LongMap;
import io.leakwatch.heap.hprof.RecordCursor;
import org.jspecify.annotations.Nullable;

/** The classes of a heap, by number and by id. Safe for several threads. */
public final class ClassTable {

	private static final ClassRecord NO_RECORD = new ClassRecord(0, 0, 0, 0, 0, 0, 0, new long[0], new byte[0],
			new long[0], new long[0], new byte[0]);

	private final List<HeapClass> classes = new ArrayList<>();

	private final LongMap byId = new LongMap();

	private final HeapClass[] primitiveArrays = new HeapClass[BasicType.LONG + 1];

	private final HeapClass unknown;

	private final HeapClass classOfClasses;

	private final HeapClass string;

	private final Set<Long> lastingLoaders = new HashSet<>();

	private final Set<ReferenceKind> followed;

	ClassTable(HprofFile file, List<ClassRecord> records) throws IOException {
		this(file, records, Set.of());
	}

	/**
	 * The classes of a heap.
	 * @param followed the kinds of references whose referent is a reference like others
	 */
	ClassTable(HprofFile file, List<ClassRecord> records, Set<ReferenceKind> followed) throws IOException {
		this.followed = followed;
		Map<Long, ClassRecord> byRecordId = new HashMap<>(records.size() * 2);
		for (ClassRecord record : records) {
			byRecordId.put(record.id(), record);
		}
		for (ClassRecord record : records) {
			add(record, byRecordId, file);
		}
		Map<String, HeapClass> arrays = new HashMap<>();
		HeapClass listedClass = null;
		HeapClass listedString = null;
		for (HeapClass each : this.classes) {
			if (each.name().equals("java.lang.Class")) {
				listedClass = each;
			}
			if (each.name().equals("java.lang.String")) {
				listedString = each;
			}
			if (each.name().length() == 2 && each.name().charAt(0) == '[') {
				arrays.put(each.name(), each);
			}
		}
		for (int type = BasicType.BOOLEAN; type <= BasicType.LONG; type++) {
			String name = BasicType.arrayClassName(type);
			HeapClass listed = arrays.get(name);
			this.primitiveArrays[type] = (listed != null) ? listed : added(name, NO_RECORD, null, file);
		}
		this.unknown = added("?", NO_RECORD, null, file);
		this.classOfClasses = (listedClass != null) ? listedClass : added("java.lang.Class", NO_RECORD, null, file);
		this.string = (listedString != null) ? listedString : added("java.lang.String", NO_RECORD, null, file);
		findLastingLoaders(file);
		for (HeapClass each : this.classes) {
			if (each.loaderId() != 0 && !this.lastingLoaders.contains(each.loaderId())) {
				each.keptByObjects();
			}
		}
	}

	/** Superclasses first, by an explicit stack; a cycle, which no JVM writes, is cut. */
	private void add(ClassRecord record, Map<Long, ClassRecord> records, HprofFile file) throws IOException {
		Deque<ClassRecord> pending = new ArrayDeque<>();
		Set<Long> visited = new HashSet<>();
		ClassRecord each = record;
		while (each != null && this.byId.get(each.id()) == LongMap.MISSING && visited.add(each.id())) {
			pending.push(each);
			each = records.get(each.superId());
		}
		while (!pending.isEmpty()) {
			ClassRecord next = pending.pop();
			String name = file.className(next.id());
			long superIndex = this.byId.get(next.superId());
			added((name != null) ? name : "class 0x" + Long.toHexString(next.id()), next,
					(superIndex != LongMap.MISSING) ? this.classes.get((int) superIndex) : null, file);
		}
	}

	private HeapClass added(String name, ClassRecord record, @Nullable HeapClass superclass, HprofFile file)
			throws IOException {
		HeapClass added = new HeapClass(this.classes.size(), name, record, superclass, file, this.followed);
		this.classes.add(added);
		if (record.id() != 0) {
			this.byId.put(record.id(), added.index());
		}
		return added;
	}

	/** The loaders that the JDK itself keeps: their classes are never unloaded. */
	private void findLastingLoaders(HprofFile file) throws IOException {
		for (HeapClass each : this.classes) {
			boolean systemLoader = each.name().equals("java.lang.ClassLoader");
			if (!systemLoader && !each.name().equals("jdk.internal.loader.ClassLoaders")) {
				continue;
			}
			ClassRecord record = each.record();
			for (int i = 0; i < record.staticTypes().length; i++) {
				if (record.staticTypes()[i] == BasicType.OBJECT && record.staticValues()[i] != 0) {
					String field = file.string(record.staticNameIds()[i]);
					if (field != null && (systemLoader ? field.equals("scl") : field.endsWith("_LOADER"))) {
						this.lastingLoaders.add(record.staticValues()[i]);
					}
				}
			}
		}
	}

	/**
	 * Every class, by number.
	 * @return an immutable view
	 */
	public List<HeapClass> all() {
		return Collections.unmodifiableList(this.classes);
	}

	/**
	 * A class by its id.
	 * @param id the object that the class is
	 * @return the class, {@code null} where the dump lists none
	 */
	public @Nullable HeapClass find(long id) {
		long index = this.byId.get(id);
		return (index != LongMap.MISSING) ? this.classes.get((int) index) : null;
	}

	/** The class of the object that a record is of, {@code null} where it is of none. */
	@Nullable HeapClass classOf(RecordCursor record) {
		return switch (record.tag()) {
			case RecordCursor.INSTANCE, RecordCursor.OBJECT_ARRAY -> orUnknown(record.classId());
			case RecordCursor.PRIMITIVE_ARRAY, RecordCursor.PRIMITIVE_ARRAY_WITHOUT_DATA ->
				arrayOf(record.elementType());
			case RecordCursor.CLASS -> this.classOfClasses;
			default -> null;
		};
	}

	/** The class of an object, a nameless one where the dump does not list it. */
	HeapClass orUnknown(long id) {
		HeapClass found = find(id);
		return (found != null) ? found : this.unknown;
	}

	/** The class of a primitive type's arrays. */
	HeapClass arrayOf(int elementType) {
		return this.primitiveArrays[elementType];
	}

	/**
	 * The class of strings.
	 * @return {@code java.lang.String}
	 */
	public HeapClass string() {
		return this.string;
	}

	/**
	 * The class of the objects that classes are.
	 * @return {@code java.lang.Class}
	 */
	public HeapClass classOfClasses() {
		return this.classOfClasses;
	}

	/** Computes the size of each class's instances. */
	void measure(ObjectLayout layout) {
		for (HeapClass each : this.classes) {
			if (!each.name().startsWith("[")) {
				each.instanceBytes(layout.instanceBytes(each.shape()));
			}
		}
	}

	/**
	 * Whether a class loader is one of those that the JDK itself keeps.
	 * @param loaderId the loader, 0 for the boot loader
	 * @return whether its classes are never unloaded
	 */
	public boolean isLasting(long loaderId) {
		return loaderId == 0 || this.lastingLoaders.contains(loaderId);
	}

	int size() {
		return this.classes.size();
	}

}
