package io.leakwatch.heap.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.leakwatch.heap.RandomGraph;

/**
 * A {@link RandomGraph} with what a heap has besides: strings and their characters,
 * objects without references that several others hold, references of all strengths, and
 * classes of a loader that go with their objects. The plain answers come from the graph
 * of all of it, in which whatever a soft or final reference alone holds is a root.
 */
final class RandomObjects {

	/** In place of a reference: one that is null. */
	static final int NULL = -1;

	/** In place of a reference: one to an object that the dump does not have. */
	static final int DANGLING = -2;

	private static final List<Kind> REFERENCES = List.of(Kind.WEAK, Kind.SOFT, Kind.FINAL, Kind.PHANTOM);

	private final Random random;

	private final List<Kind> kinds = new ArrayList<>();

	private final List<List<Integer>> references = new ArrayList<>();

	/** What a weak, soft, final or phantom reference refers to. */
	private final List<Integer> referents = new ArrayList<>();

	private final List<Integer> roots = new ArrayList<>();

	private final RandomGraph graph;

	/**
	 * Makes objects.
	 * @param seed what they follow from
	 */
	RandomObjects(long seed) {
		this.random = new Random(seed ^ 0x5eed);
		RandomGraph inner = RandomGraph.seeded(seed);
		for (int node = 0; node < inner.size(); node++) {
			add(Kind.values()[this.random.nextInt(2)], inner.references(node));
		}
		Arrays.stream(inner.roots()).forEach(this.roots::add);
		addStrings(this.random.nextInt(4));
		for (int i = this.random.nextInt(4); i > 0; i--) {
			hold(add(this.random.nextBoolean() ? Kind.BOX : Kind.CHARACTERS));
		}
		addReferences(this.random.nextInt(5));
		if (this.random.nextInt(4) == 0) {
			addLoader();
		}
		for (int i = this.random.nextInt(3); i > 0; i--) {
			this.references.get(inner()).add(this.random.nextBoolean() ? NULL : DANGLING);
		}
		if (this.random.nextInt(4) == 0) {
			this.roots.add(this.random.nextInt(size()));
		}
		this.graph = settled();
	}

	private int add(Kind kind, int... referred) {
		this.kinds.add(kind);
		this.references.add(new ArrayList<>(Arrays.stream(referred).boxed().toList()));
		this.referents.add(NULL);
		return size() - 1;
	}

	/** An object that can refer to any other. */
	private int inner() {
		int object = this.random.nextInt(size());
		while (this.kinds.get(object).isLeaf() || this.kinds.get(object) == Kind.CLASS
				|| this.kinds.get(object) == Kind.LOADED) {
			object = this.random.nextInt(size());
		}
		return object;
	}

	/** Makes a few objects refer to one, or none at all. */
	private void hold(int object) {
		for (int i = this.random.nextInt(4); i > 0; i--) {
			List<Integer> holder = this.references.get(inner());
			holder.add(this.random.nextInt(holder.size() + 1), object);
		}
	}

	/** Strings, some of which share their characters, and others may hold these too. */
	private void addStrings(int count) {
		List<Integer> characters = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			if (characters.isEmpty() || this.random.nextBoolean()) {
				characters.add(add(Kind.STRING_CHARACTERS));
			}
			hold(add(Kind.STRING, characters.get(this.random.nextInt(characters.size()))));
		}
		if (count > 0 && this.random.nextInt(3) == 0) {
			hold(characters.get(0));
		}
	}

	private void addReferences(int count) {
		for (int i = 0; i < count; i++) {
			int reference = add(REFERENCES.get(this.random.nextInt(REFERENCES.size())));
			hold(reference);
			if (this.random.nextBoolean()) {
				this.references.get(reference).add(this.random.nextInt(size()));
			}
		}
		for (int object = 0; object < size(); object++) {
			if (REFERENCES.contains(this.kinds.get(object)) && this.random.nextInt(5) > 0) {
				int referent = this.random.nextInt(size());
				// Characters of strings are told apart from others: which of two soft
				// ways to them counts is nobody's question.
				this.referents.set(object, (this.kinds.get(referent) == Kind.STRING_CHARACTERS) ? object : referent);
			}
		}
	}

	/** A loader, its class, and instances of that. */
	private void addLoader() {
		int loader = inner();
		int type = add(Kind.CLASS, loader, this.random.nextInt(size()));
		for (int i = this.random.nextInt(4); i > 0; i--) {
			hold(add(Kind.LOADED, type));
		}
		this.references.get(loader).add(type);
	}

	/** Adds as roots what soft and final references keep, round by round. */
	private RandomGraph settled() {
		int[][] strong = new int[size()][];
		for (int object = 0; object < size(); object++) {
			strong[object] = references(object).stream()
				.filter((each) -> each >= 0)
				.mapToInt(Integer::intValue)
				.toArray();
		}
		List<Integer> all = new ArrayList<>(this.roots);
		int before = -1;
		while (before < all.size()) {
			before = all.size();
			while (addReferents(Kind.SOFT, false, strong, all)) {
				// Until soft references keep nothing more.
			}
			addReferents(Kind.FINAL, false, strong, all);
		}
		addReferents(Kind.SOFT, true, strong, all);
		addReferents(Kind.FINAL, true, strong, all);
		return RandomGraph.of(strong, all.stream().distinct().mapToInt(Integer::intValue).toArray());
	}

	private boolean addReferents(Kind strength, boolean leaves, int[][] strong, List<Integer> all) {
		boolean[] reachable = RandomGraph.of(strong, all.stream().mapToInt(Integer::intValue).toArray()).reachable();
		List<Integer> found = IntStream.range(0, size())
			.filter((object) -> this.kinds.get(object) == strength && reachable[object])
			.mapToObj(this.referents::get)
			.filter((referent) -> referent >= 0 && !reachable[referent] && isLeaf(referent) == leaves)
			.distinct()
			.toList();
		return all.addAll(found);
	}

	/** Whether an object leads nowhere, or to characters alone. */
	boolean isLeaf(int object) {
		Kind kind = this.kinds.get(object);
		return kind.isLeaf() || (kind == Kind.INSTANCE && this.references.get(object).isEmpty());
	}

	/** How many objects there are. */
	int size() {
		return this.kinds.size();
	}

	Kind kind(int object) {
		return this.kinds.get(object);
	}

	/** What an object refers to strongly: numbers, {@link #NULL} or {@link #DANGLING}. */
	List<Integer> references(int object) {
		return Collections.unmodifiableList(this.references.get(object));
	}

	int referent(int object) {
		return this.referents.get(object);
	}

	List<Integer> roots() {
		return Collections.unmodifiableList(this.roots);
	}

	/** The graph with the answers. */
	RandomGraph graph() {
		return this.graph;
	}

	/** What an object is. */
	enum Kind {

		/** An instance with as many fields as references. */
		INSTANCE,

		/** An array. */
		ARRAY,

		/**
		 * An instance of a class that goes with its loader; the first reference is it.
		 */
		LOADED,

		/** A class of a loader: its loader, then its static fields. */
		CLASS,

		/** A string; the one reference is to its characters. */
		STRING,

		/** An array of characters that strings have. */
		STRING_CHARACTERS,

		/** An array of characters that no string has. */
		CHARACTERS,

		/** An instance without references. */
		BOX,

		/** A weak reference, which may refer strongly by a field of its own. */
		WEAK,

		/** A soft reference. */
		SOFT,

		/** A final reference. */
		FINAL,

		/** A phantom reference. */
		PHANTOM;

		private boolean isLeaf() {
			return this == STRING || this == STRING_CHARACTERS || this == CHARACTERS || this == BOX;
		}

	}

}
