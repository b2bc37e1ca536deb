package io.leakwatch.core.census;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The paths by which a walk reaches objects, as a tree of numbered nodes. An object of
 * the same class as one above it on the path is taken for that one, so that a chain, a
 * tree or a cycle of any depth has the paths of one object; between objects of the JDK
 * that holds only where none of the application is in between.
 */
final class HolderPaths {

	/** No path: it would be too long, or there are too many. */
	static final int NONE = -1;

	private static final int MOST = 60_000;

	private static final int DEEPEST = 40;

	private static final String ARROW = " → ";

	private int count;

	private int[] parents = new int[1024];

	private Step[] steps = new Step[1024];

	private @Nullable Class<?>[] from;

	private int[] depths = new int[1024];

	private int[] visits = new int[1024];

	private int[] pending = new int[1024];

	private boolean[] sampled = new boolean[1024];

	private boolean[] recursive = new boolean[1024];

	private int[] table = new int[4096];

	HolderPaths() {
		this.from = new @Nullable Class<?>[this.parents.length];
	}

	/** The path of a root. */
	int root(Step name) {
		return (this.count < MOST) ? add(NONE, name, null) : NONE;
	}

	/**
	 * Where an object's fields are told from.
	 * @param path the path by which the object is reached
	 * @param type its class
	 * @return that path, or the one of the same class above
	 */
	int fold(int path, Class<?> type) {
		boolean jdk = ObjectShapes.isJdk(type);
		for (int each = path; each != NONE; each = this.parents[each]) {
			Class<?> from = this.from[each];
			if (from == type) {
				return this.parents[each];
			}
			if (jdk && from != null && !ObjectShapes.isJdk(from)) {
				return path;
			}
		}
		return path;
	}

	/**
	 * The path one step further.
	 * @param parent the path so far
	 * @param step the step
	 * @param from the class of the object whose field it is, {@code null} for an entry
	 * @return the path, or {@link #NONE}
	 */
	int child(int parent, Step step, @Nullable Class<?> from) {
		if (step == Step.ELEMENT && this.steps[parent] == Step.ELEMENT) {
			return parent;
		}
		int slot = slot(parent, step);
		if (this.table[slot] != 0) {
			return this.table[slot] - 1;
		}
		return (this.count < MOST && this.depths[parent] < DEEPEST) ? add(parent, step, from) : NONE;
	}

	private int add(int parent, Step step, @Nullable Class<?> from) {
		if (this.count == this.parents.length) {
			grow();
		}
		int path = this.count++;
		this.parents[path] = parent;
		this.steps[path] = step;
		this.from[path] = from;
		this.depths[path] = (parent == NONE) ? 0 : this.depths[parent] + 1;
		if (parent != NONE) {
			this.table[slot(parent, step)] = path + 1;
		}
		return path;
	}

	private int slot(int parent, Step step) {
		int mask = this.table.length - 1;
		int hash = (parent * 31 + System.identityHashCode(step)) * 0x9E3779B9;
		int slot = (hash >>> 8) & mask;
		while (this.table[slot] != 0) {
			int path = this.table[slot] - 1;
			if (this.parents[path] == parent && this.steps[path] == step) {
				return slot;
			}
			slot = (slot + 1) & mask;
		}
		return slot;
	}

	private void grow() {
		int length = this.count * 2;
		this.parents = Arrays.copyOf(this.parents, length);
		this.steps = Arrays.copyOf(this.steps, length);
		this.from = Arrays.copyOf(this.from, length);
		this.depths = Arrays.copyOf(this.depths, length);
		this.visits = Arrays.copyOf(this.visits, length);
		this.pending = Arrays.copyOf(this.pending, length);
		this.sampled = Arrays.copyOf(this.sampled, length);
		this.recursive = Arrays.copyOf(this.recursive, length);
		this.table = new int[length * 4];
		for (int path = 0; path < this.count; path++) {
			if (this.parents[path] != NONE) {
				this.table[slot(this.parents[path], this.steps[path])] = path + 1;
			}
		}
	}

	int count() {
		return this.count;
	}

	boolean isEntry(int path) {
		return this.steps[path] == Step.ELEMENT;
	}

	/** How many objects were first reached by the path. */
	int visits(int path) {
		return this.visits[path];
	}

	void reached(int path, int objects) {
		this.visits[path] += objects;
	}

	/** How many objects of the path wait to be visited. */
	int pending(int path) {
		return this.pending[path];
	}

	void waits(int path, int change) {
		this.pending[path] += change;
	}

	/** Notes that not all objects of the path are looked at. */
	void markSampled(int path) {
		this.sampled[path] = true;
	}

	/** Notes that the path leads back into itself. */
	void markRecursive(int path) {
		this.recursive[path] = true;
	}

	boolean isRecursive(int path) {
		return this.recursive[path];
	}

	/** Whether all objects of the path are looked at. */
	boolean isExact(int path) {
		for (int each = path; each != NONE; each = this.parents[each]) {
			if (this.sampled[each]) {
				return false;
			}
		}
		return true;
	}

	/** The path in words. */
	String text(int path) {
		if (this.parents[path] == NONE) {
			return this.steps[path].name();
		}
		String parent = text(this.parents[path]);
		return isEntry(path) ? parent + Step.ELEMENT.name() : parent + ARROW + this.steps[path].name();
	}

	/** The path in words, the last field left out. */
	String owner(int path) {
		int field = path;
		while (isEntry(field)) {
			field = this.parents[field];
		}
		String name = this.steps[field].name();
		int dot = name.lastIndexOf('.');
		if (this.parents[field] == NONE) {
			return (name.startsWith("static ") && dot > 0) ? name.substring(0, dot) : name;
		}
		return text(this.parents[field]) + ARROW + ((dot > 0) ? name.substring(0, dot) : name);
	}

	/** The class that declares the last field. */
	String declaringClass(int path) {
		String name = this.steps[path].name();
		int dot = name.lastIndexOf('.');
		return (dot > 0) ? name.substring(0, dot) : name;
	}

	/** The path that leads to an object of which this one is a field. */
	int parent(int path) {
		return this.parents[path];
	}

}
