package io.leakwatch.heap.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.leakwatch.heap.analysis.RandomObjects.Kind;
import io.leakwatch.heap.hprof.HprofPart;
import io.leakwatch.heap.hprof.HprofWriter;
import io.leakwatch.heap.hprof.SyntheticArray;
import io.leakwatch.heap.hprof.SyntheticClass;
import io.leakwatch.heap.hprof.SyntheticInstance;
import io.leakwatch.heap.hprof.SyntheticObject;
import io.leakwatch.heap.hprof.SyntheticRoot;
import io.leakwatch.heap.hprof.SyntheticType;
import org.jspecify.annotations.Nullable;

/**
 * A heap dump of many {@link RandomObjects} side by side. Classes that no loader is told
 * of are roots and refer to nothing. Everything else of the format is varied too: the
 * size of identifiers, that of segments, and what comes before what.
 */
final class RandomHeap {

	private static final long PADDING_ADDRESS = 0x9000_0000L;

	private static final SyntheticRoot[] ROOTS = { SyntheticRoot.JNI_GLOBAL, SyntheticRoot.MONITOR_USED,
			SyntheticRoot.UNKNOWN, SyntheticRoot.NATIVE_STACK, SyntheticRoot.JAVA_FRAME };

	private final Random random;

	private final HprofWriter heap;

	private final int idSize;

	private final Map<String, SyntheticClass> classes = new HashMap<>();

	private final List<RandomObjects> parts = new ArrayList<>();

	private final List<SyntheticObject[]> written = new ArrayList<>();

	private int paddings;

	/**
	 * Makes a heap.
	 * @param firstSeed what its objects and its look follow from
	 * @param count how many graphs it has, by the seeds that follow
	 * @param paddingBytes how large an array lies between the graphs, 0 for none
	 */
	RandomHeap(long firstSeed, int count, int paddingBytes) {
		this.random = new Random(firstSeed);
		this.idSize = this.random.nextBoolean() ? 8 : 4;
		this.heap = new HprofWriter(this.random.nextInt(8) == 0 ? "1.0.1" : "1.0.2", this.idSize);
		if (paddingBytes > 0 || this.random.nextBoolean()) {
			this.heap.segmentBytes(1 << this.random.nextInt(14));
		}
		switch (this.random.nextInt(6)) {
			case 0 -> this.heap.order(HprofPart.OBJECTS, HprofPart.CLASSES, HprofPart.ROOTS);
			case 1 -> this.heap.order(HprofPart.ROOTS, HprofPart.OBJECTS, HprofPart.CLASSES).namesLast();
			default -> {
			}
		}
		for (int i = 0; i < count; i++) {
			RandomObjects part = new RandomObjects(firstSeed + i);
			this.parts.add(part);
			this.written.add(write(part));
			if (paddingBytes > 0) {
				long address = PADDING_ADDRESS + (long) this.paddings++ * paddingBytes * 2;
				this.heap.subRecord((segment) -> segment.primitiveArrayDump(address, SyntheticType.BYTE.code(),
						paddingBytes, new byte[paddingBytes]));
			}
		}
	}

	/** The graphs that are in the heap. */
	List<RandomObjects> parts() {
		return this.parts;
	}

	/** The address of an object of a graph. */
	long address(int part, int object) {
		return this.written.get(part)[object].id();
	}

	/** The arrays between the graphs, which nothing refers to. */
	int paddings() {
		return this.paddings;
	}

	HprofWriter writer() {
		return this.heap;
	}

	private SyntheticObject[] write(RandomObjects part) {
		SyntheticObject[] objects = new SyntheticObject[part.size()];
		List<Integer> order = new ArrayList<>();
		for (int object = 0; object < part.size(); object++) {
			order.add(this.random.nextInt(order.size() + 1), object);
			if (part.kind(object) == Kind.CLASS) {
				objects[object] = this.heap.declare("graph.Loaded" + this.random.nextInt(9));
			}
		}
		for (int object : order) {
			if (objects[object] == null) {
				objects[object] = make(part, object, objects);
			}
		}
		for (int object = 0; object < part.size(); object++) {
			connect(part, object, objects);
		}
		for (int root : part.roots()) {
			this.heap.root(ROOTS[this.random.nextInt(ROOTS.length)], objects[root]);
		}
		return objects;
	}

	private SyntheticObject make(RandomObjects part, int object, SyntheticObject[] objects) {
		int references = part.references(object).size();
		return switch (part.kind(object)) {
			case INSTANCE -> this.heap.instance(classOf(references));
			case ARRAY -> this.heap.array(this.heap.objectClass(), new @Nullable SyntheticObject[references]);
			case LOADED -> this.heap.instance((SyntheticClass) objects[part.references(object).get(0)]);
			case STRING -> this.heap.instance(this.heap.stringClass());
			case STRING_CHARACTERS, CHARACTERS -> this.heap.primitiveArray(new byte[this.random.nextInt(40)]);
			case BOX -> this.heap.instance(boxClass());
			case WEAK -> reference("Weak", references);
			case SOFT -> reference("Soft", references);
			case FINAL -> reference("Final", references);
			case PHANTOM -> reference("Phantom", references);
			case CLASS -> throw new IllegalStateException("is declared already");
		};
	}

	private SyntheticInstance reference(String strength, int references) {
		return this.heap.instance(this.classes.computeIfAbsent(strength + references, (key) -> {
			SyntheticClass base = this.heap.referenceClass("java.lang.ref." + strength + "Reference");
			return withFields(this.heap.declare("graph." + key).extending(base), references);
		}));
	}

	private SyntheticClass boxClass() {
		return this.classes.computeIfAbsent("Box",
				(key) -> this.heap.declare("graph.Box").field("value", SyntheticType.SHORT));
	}

	/** A class with this many references, half of them in its super class. */
	private SyntheticClass classOf(int references) {
		return this.classes.computeIfAbsent("Node" + references, (key) -> {
			SyntheticClass base = this.heap.declare("graph.Base" + key).field("flag", SyntheticType.BYTE);
			SyntheticClass type = this.heap.declare("graph." + key).extending(base);
			for (int i = 0; i < references; i++) {
				((i < references / 2) ? base : type).references("f" + i).field("n" + i, SyntheticType.INT);
			}
			return type;
		});
	}

	private static SyntheticClass withFields(SyntheticClass type, int references) {
		for (int i = 0; i < references; i++) {
			type.references("f" + i);
		}
		return type;
	}

	private void connect(RandomObjects part, int object, SyntheticObject[] objects) {
		List<Integer> references = part.references(object);
		if (part.kind(object) == Kind.LOADED) {
			return;
		}
		if (objects[object] instanceof SyntheticClass type) {
			type.loadedBy(objects[references.get(0)]);
			type.staticField("n", SyntheticType.INT, 7).staticField("f", objects[references.get(1)]);
			return;
		}
		for (int i = 0; i < references.size(); i++) {
			Object value = value(references.get(i), objects);
			if (objects[object] instanceof SyntheticArray array) {
				array.set(i, value);
			}
			else if (objects[object] instanceof SyntheticInstance instance) {
				instance.set((part.kind(object) == Kind.STRING) ? "value" : "f" + i, value);
			}
		}
		if (part.referent(object) >= 0 && objects[object] instanceof SyntheticInstance instance) {
			instance.set("referent", objects[part.referent(object)]);
		}
	}

	private @Nullable Object value(int reference, SyntheticObject[] objects) {
		return switch (reference) {
			case RandomObjects.NULL -> null;
			case RandomObjects.DANGLING -> (this.idSize == 4) ? 0x7fff_0008L : 0x1234_5678_9abc_def8L;
			default -> objects[reference];
		};
	}

}
