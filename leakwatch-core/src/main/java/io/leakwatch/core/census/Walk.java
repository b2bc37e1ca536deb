package io.leakwatch.core.census;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.leakwatch.core.census.ObjectShape.Way;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the objects that can be reached from the roots, breadth first, that can
 * be left after any object and gone on with later. Reads fields, and calls harmless
 * methods of the JDK's containers; objects may change meanwhile, and what cannot be read
 * is left out. Holds what it has seen until it is thrown away.
 */
final class Walk {

	/** More objects by one path tell nothing more, and leave no time for others. */
	private static final int MOST_OF_A_PATH = 100_000;

	/** From here on a chain is only counted. */
	private static final int LONG_CHAIN = 1000;

	private static final Step POOL_QUEUE = () -> "java.util.concurrent.ThreadPoolExecutor.workQueue";

	private static final Step DEPENDENTS = () -> "java.util.concurrent.CompletableFuture.stack";

	private final ObjectShapes shapes;

	private final HolderPaths paths = new HolderPaths();

	private final IdentitySet visited = new IdentitySet();

	private final WalkQueue queue = new WalkQueue();

	private final Map<Integer, Found> found = new HashMap<>();

	private @Nullable ChainCount chain;

	private int nodes;

	private int limit;

	private boolean complete = true;

	Walk(ObjectShapes shapes) {
		this.shapes = shapes;
	}

	/**
	 * Allows to visit more objects.
	 * @param nodes how many may have been visited in all
	 */
	void limit(int nodes) {
		this.limit = nodes;
	}

	/** Marks an object as one that is told of elsewhere. */
	boolean exclude(Object object) {
		return this.visited.add(object);
	}

	/** The path of a root; {@link HolderPaths#NONE} where there are too many. */
	int root(String name) {
		return this.paths.root(() -> name);
	}

	/** Begins at an object that is a root of its own. */
	void begin(Object object, int path) {
		if (object instanceof Object[] array) {
			slots(array, path);
		}
		else if (!this.shapes.of(object.getClass()).isLeaf()) {
			enqueue(object, path);
		}
	}

	/** Visits what was put off; the queue must not be empty. */
	void visitNext() {
		ChainCount chain = this.chain;
		if (chain != null) {
			if (chain.goOn(this.visited)) {
				this.chain = null;
				this.paths.reached(chain.path(), chain.count());
			}
			return;
		}
		int path = this.queue.path();
		Object object = this.queue.take();
		this.paths.waits(path, -1);
		if (this.nodes >= this.limit) {
			this.paths.markSampled(path);
			giveUp();
			return;
		}
		this.nodes++;
		visit(object, path);
	}

	boolean isDone() {
		return this.queue.isEmpty() && this.chain == null;
	}

	private void visit(Object object, int path) {
		ObjectShape shape = this.shapes.of(object.getClass());
		if (shape.way() == Way.PROXY) {
			reached(Proxy.getInvocationHandler(object), path, null, null);
			return;
		}
		if (object instanceof AtomicReference<?> reference && shape.way() == Way.REFERENCE) {
			reached(reference.getPlain(), path, object, null);
			return;
		}
		if (object instanceof AtomicReferenceArray<?> slots && shape.way() == Way.SLOTS) {
			slots(slots, path);
			return;
		}
		ContainerReader container = shape.container();
		if (container != null) {
			container(object, path, container);
		}
		boolean entry = shape.way() == Way.ENTRY && this.paths.isEntry(path);
		int base = entry ? path : this.paths.fold(path, object.getClass());
		for (FieldReader field : shape.fields()) {
			Object value = field.reference(object);
			if (value != null) {
				int child = entry ? path : this.paths.child(base, field, object.getClass());
				if (child != HolderPaths.NONE) {
					if (base != path) {
						this.paths.markRecursive(child);
					}
					if (!isLongChain(object, value, field, path, child)) {
						reached(value, child, entry ? null : object, field);
					}
				}
			}
		}
		if (shape.way() == Way.POOL && object instanceof ThreadPoolExecutor pool) {
			int child = this.paths.child(base, POOL_QUEUE, object.getClass());
			if (child != HolderPaths.NONE) {
				reached(pool.getQueue(), child, null, null);
			}
		}
	}

	/**
	 * Goes to the value of a field.
	 * @param path the field's
	 * @param owner whose field it is, where an array in it is to be told of
	 * @param field the field, {@code null} for an atomic reference
	 */
	void reached(@Nullable Object value, int path, @Nullable Object owner, @Nullable FieldReader field) {
		if (value instanceof Object[] array) {
			if (this.visited.add(array)) {
				if (owner != null) {
					found(path).addArray(owner, field, array.length);
				}
				slots(array, path);
			}
		}
		else if (value != null && !this.shapes.of(value.getClass()).isLeaf()) {
			if (this.paths.visits(path) >= MOST_OF_A_PATH) {
				this.paths.markSampled(path);
			}
			else if (this.visited.add(value)) {
				enqueue(value, path);
			}
		}
	}

	private void enqueue(Object object, int path) {
		this.paths.reached(path, 1);
		this.paths.waits(path, 1);
		this.queue.add(object, path);
	}

	/**
	 * A chain keeps a single object of its path waiting at a time, other than a tree.
	 */
	private boolean isLongChain(Object object, Object value, FieldReader field, int path, int child) {
		if (child != path || value.getClass() != object.getClass() || this.chain != null
				|| this.paths.visits(path) < LONG_CHAIN || this.paths.pending(path) > 0) {
			return false;
		}
		this.chain = new ChainCount(value, field, path);
		return true;
	}

	private void container(Object object, int path, ContainerReader reader) {
		long size = size(object, reader);
		if (object instanceof CompletableFuture) {
			int stack = this.paths.child(this.paths.fold(path, object.getClass()), DEPENDENTS, object.getClass());
			if (stack != HolderPaths.NONE && size > 0) {
				found(stack).addContainer(object, size);
			}
			return;
		}
		if (size >= 0) {
			found(path).addContainer(object, size);
		}
		int elements = this.paths.child(path, Step.ELEMENT, null);
		if (elements != HolderPaths.NONE && !sample(object, reader, elements)) {
			this.paths.markSampled(elements);
		}
	}

	private static long size(Object container, ContainerReader reader) {
		try {
			return reader.size(container);
		}
		catch (RuntimeException | LinkageError ex) {
			return -1;
		}
	}

	private boolean sample(Object container, ContainerReader reader, int elements) {
		try {
			return reader.sample(container, (key, value) -> {
				element(key, elements);
				element(value, elements);
			});
		}
		catch (RuntimeException | LinkageError ex) {
			// It changes just now: the others are seen in the next pass.
			return false;
		}
	}

	private void element(@Nullable Object element, int path) {
		if (element instanceof Object[] array) {
			if (this.visited.add(array)) {
				slots(array, path);
			}
		}
		else {
			reached(element, path, null, null);
		}
	}

	private void slots(Object[] array, int path) {
		int elements = this.paths.child(path, Step.ELEMENT, null);
		if (elements != HolderPaths.NONE && !FieldContainers.sample(array, (key, value) -> element(value, elements))) {
			this.paths.markSampled(elements);
		}
	}

	private void slots(AtomicReferenceArray<?> slots, int path) {
		int elements = this.paths.child(path, Step.ELEMENT, null);
		if (elements != HolderPaths.NONE) {
			for (int i = 0; i < Math.min(slots.length(), ContainerReader.WHOLE); i++) {
				element(slots.getPlain(i), elements);
			}
			if (slots.length() > ContainerReader.WHOLE) {
				this.paths.markSampled(elements);
			}
		}
	}

	private Found found(int path) {
		return this.found.computeIfAbsent(path, (key) -> new Found());
	}

	HolderPaths paths() {
		return this.paths;
	}

	Map<Integer, Found> found() {
		return this.found;
	}

	int nodes() {
		return this.nodes;
	}

	/** Visits no more of what was put off: nothing below is known to be all. */
	void giveUp() {
		this.complete = false;
		this.chain = null;
		while (!this.queue.isEmpty()) {
			this.paths.markSampled(this.queue.path());
			this.queue.take();
		}
	}

	/** Whether everything that can be reached was visited, so far. */
	boolean isComplete() {
		return this.complete;
	}

}
