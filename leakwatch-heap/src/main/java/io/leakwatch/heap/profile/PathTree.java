package io.leakwatch.heap.profile;

import java.util.Arrays;

/**
 * The objects of a heap merged by what holds them: each object is counted in one node,
 * that of its shortest path from a GC root, and objects with the same steps of field and
 * class share a node.
 *
 * <p>
 * Nodes are numbered from 0, the whole heap, and a parent has a smaller number than its
 * children. The children of node 0 are the roots; their field begins with the kind of
 * root ({@code static com.acme.Bus.LISTENERS}, {@code thread group 'pool-#-thread-#'},
 * {@code local of thread group 'main'}, {@code JNI global}). Further down a field is the
 * declaring class and the name ({@code com.acme.Bus.listeners}), {@value #ELEMENT} for
 * the slots of an array or the entries of a container, {@value #KEY} for the keys of a
 * map, and {@value #REST} for a sum of what was too small to be kept.
 *
 * <p>
 * Kept as arrays, some 60 bytes a node besides the names. Immutable and safe for any
 * thread.
 */
public final class PathTree {

	/** The number of the node that stands for the whole heap. */
	public static final int HEAP = 0;

	/** The field of what lies in the slots of an array or is an entry of a container. */
	public static final String ELEMENT = "[*]";

	/** The field of what is a key of a map. */
	public static final String KEY = "[key]";

	/**
	 * The field of a node that sums up siblings too small to be kept; its class name is
	 * empty.
	 */
	public static final String REST = "…";

	private static final PathTree EMPTY = builder().build();

	private final int[] parents;

	private final String[] fields;

	private final String[] classNames;

	private final long[] counts;

	private final long[] shallowBytes;

	private final long[] heldBytes;

	private final long[] retainedBytes;

	private final long mostLeftOutBytes;

	/**
	 * Node n has its children in {@link #children}, from {@code firstChild[n]} to before
	 * {@code firstChild[n + 1]}.
	 */
	private final int[] firstChild;

	private final int[] children;

	private PathTree(Builder builder) {
		int size = builder.size;
		this.parents = Arrays.copyOf(builder.parents, size);
		this.fields = Arrays.copyOf(builder.fields, size);
		this.classNames = Arrays.copyOf(builder.classNames, size);
		this.counts = Arrays.copyOf(builder.counts, size);
		this.shallowBytes = Arrays.copyOf(builder.shallowBytes, size);
		this.heldBytes = Arrays.copyOf(builder.heldBytes, size);
		this.retainedBytes = Arrays.copyOf(builder.retainedBytes, size);
		this.mostLeftOutBytes = builder.mostLeftOutBytes;
		this.firstChild = new int[size + 1];
		this.children = new int[size - 1];
		arrangeChildren();
		for (int child : this.children) {
			if (this.parents[child] == HEAP) {
				this.heldBytes[HEAP] += this.heldBytes[child];
				this.retainedBytes[HEAP] += this.heldBytes[child];
			}
		}
	}

	private void arrangeChildren() {
		int size = this.parents.length;
		for (int node = 1; node < size; node++) {
			this.firstChild[this.parents[node] + 1]++;
		}
		for (int node = 0; node < size; node++) {
			this.firstChild[node + 1] += this.firstChild[node];
		}
		// All nodes by bytes, then each in turn to its parent: one sort, not one a node.
		int[] next = Arrays.copyOf(this.firstChild, size);
		for (int node : byBytes(this.heldBytes)) {
			if (node != HEAP) {
				this.children[next[this.parents[node]]++] = node;
			}
		}
	}

	/** All nodes, the most bytes first; of as many bytes, the smaller number first. */
	static int[] byBytes(long[] bytes) {
		Integer[] nodes = new Integer[bytes.length];
		Arrays.setAll(nodes, Integer::valueOf);
		Arrays.sort(nodes, (a, b) -> Long.compare(bytes[b], bytes[a]));
		return Arrays.stream(nodes).mapToInt(Integer::intValue).toArray();
	}

	/**
	 * A tree without paths, as a histogram has.
	 * @return the tree of node 0 alone
	 */
	public static PathTree empty() {
		return EMPTY;
	}

	/**
	 * A builder that has node 0 already.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * How many nodes there are, node 0 included.
	 * @return a count of nodes
	 */
	public int size() {
		return this.parents.length;
	}

	/**
	 * The node above.
	 * @param node the number of a node
	 * @return the number of its parent, −1 for node 0
	 */
	public int parent(int node) {
		return this.parents[node];
	}

	/**
	 * How the parent refers to the objects of the node.
	 * @param node the number of a node
	 * @return the field, empty for node 0
	 */
	public String field(int node) {
		return this.fields[node];
	}

	/**
	 * The class of the objects of the node.
	 * @param node the number of a node
	 * @return the binary name, empty for node 0 and for a {@value #REST}
	 */
	public String className(int node) {
		return this.classNames[node];
	}

	/**
	 * How many objects the node merges.
	 * @param node the number of a node
	 * @return a count of objects
	 */
	public long count(int node) {
		return this.counts[node];
	}

	/**
	 * The bytes of the objects themselves, the inner parts of a container included.
	 * @param node the number of a node
	 * @return bytes
	 */
	public long shallowBytes(int node) {
		return this.shallowBytes[node];
	}

	/**
	 * The shallow bytes of the node and all below it.
	 * @param node the number of a node
	 * @return bytes
	 */
	public long heldBytes(int node) {
		return this.heldBytes[node];
	}

	/**
	 * What would be freed if the objects were gone. Less than the held bytes where others
	 * share what is below, more where shorter paths lead to it.
	 * @param node the number of a node
	 * @return bytes
	 */
	public long retainedBytes(int node) {
		return this.retainedBytes[node];
	}

	/**
	 * How many nodes lie right below.
	 * @param node the number of a node
	 * @return a count of nodes
	 */
	public int childCount(int node) {
		return this.firstChild[node + 1] - this.firstChild[node];
	}

	/**
	 * One of the nodes right below.
	 * @param node the number of a node
	 * @param rank which one, from 0, the most held bytes first
	 * @return the number of the child
	 */
	public int child(int node, int rank) {
		if (rank < 0 || rank >= childCount(node)) {
			throw new IndexOutOfBoundsException("Node " + node + " has " + childCount(node) + " children, not " + rank);
		}
		return this.children[this.firstChild[node] + rank];
	}

	/**
	 * Whether a node sums up siblings that were too small to be kept.
	 * @param node the number of a node
	 * @return whether it is a {@value #REST}
	 */
	public boolean isRest(int node) {
		return REST.equals(this.fields[node]);
	}

	/**
	 * Whether the objects of a node are in the slots of an array or entries of a
	 * container.
	 * @param node the number of a node
	 * @return whether its field is {@value #ELEMENT} or {@value #KEY}
	 */
	public boolean isEntry(int node) {
		return ELEMENT.equals(this.fields[node]) || KEY.equals(this.fields[node]);
	}

	/**
	 * Who holds the objects of a node, in words: what a person can look up first, then
	 * the nearest field of an application or library, then, where it is another one, the
	 * JDK's own field that holds them: {@code static com.acme.Bus.LISTENERS
	 * (java.util.ArrayList)}. Where that nearest field is inside a library's object, the
	 * field of its user stands before it.
	 * @param node the number of a node
	 * @return the holder
	 */
	public String holder(int node) {
		return PathWords.holder(this, node);
	}

	/**
	 * The way from the root to a node, its steps joined by {@code →}.
	 * @param node the number of a node
	 * @return the path, empty for node 0
	 */
	public String path(int node) {
		return PathWords.path(this, node);
	}

	/**
	 * The tree with known containers as one step each: inner tables and nodes are added
	 * to the container that they are parts of, and what they hold become its entries. A
	 * folded tree folded again is the same.
	 * @return the folded tree
	 */
	public PathTree folded() {
		return PathFolding.fold(this);
	}

	/**
	 * The tree bounded: the nodes that hold or retain most, and those above them; what is
	 * left out is summed up in a {@value #REST} beside what is kept, so that held bytes
	 * still add up.
	 * @param maximumNodes about how many nodes are kept, a bound of the order only, since
	 * all nodes above a kept one are kept too
	 * @return the bounded tree, this one where it is within the bound
	 */
	public PathTree pruned(int maximumNodes) {
		return PathPruning.prune(this, maximumNodes);
	}

	/**
	 * The most that a node held of those that were too small to be kept.
	 * @return bytes, {@link Long#MAX_VALUE} where that is unknown
	 */
	public long mostLeftOutBytes() {
		return this.mostLeftOutBytes;
	}

	long[] heldBytes() {
		return this.heldBytes;
	}

	long[] retainedBytes() {
		return this.retainedBytes;
	}

	/**
	 * Collects nodes, parents before their children. Not safe for several threads.
	 */
	public static final class Builder {

		private int[] parents = new int[64];

		private String[] fields = new String[64];

		private String[] classNames = new String[64];

		private long[] counts = new long[64];

		private long[] shallowBytes = new long[64];

		private long[] heldBytes = new long[64];

		private long[] retainedBytes = new long[64];

		private int size = 1;

		private long mostLeftOutBytes = Long.MAX_VALUE;

		private Builder() {
			this.parents[HEAP] = -1;
			this.fields[HEAP] = "";
			this.classNames[HEAP] = "";
		}

		/**
		 * Adds a node. Bytes of node 0 are the sum of what its children hold.
		 * @param parent the number of the node above
		 * @param field how the parent refers to the objects
		 * @param className the class of the objects
		 * @param count how many objects
		 * @param shallowBytes the bytes of the objects themselves
		 * @param heldBytes the shallow bytes of the node and all below it
		 * @param retainedBytes what would be freed if the objects were gone
		 * @return the number of the node
		 */
		public int add(int parent, String field, String className, long count, long shallowBytes, long heldBytes,
				long retainedBytes) {
			if (parent < 0 || parent >= this.size) {
				throw new IllegalArgumentException("Node " + parent + " is not there: there are " + this.size);
			}
			if (this.size == this.parents.length) {
				grow();
			}
			int node = this.size++;
			this.parents[node] = parent;
			this.fields[node] = field;
			this.classNames[node] = className;
			this.counts[node] = count;
			this.shallowBytes[node] = shallowBytes;
			this.heldBytes[node] = heldBytes;
			this.retainedBytes[node] = retainedBytes;
			return node;
		}

		/**
		 * Tells how small those nodes are that a {@value PathTree#REST} sums up.
		 * @param bytes what none of them holds more than
		 * @return this builder
		 */
		public Builder mostLeftOutBytes(long bytes) {
			this.mostLeftOutBytes = bytes;
			return this;
		}

		private void grow() {
			int length = this.size * 2;
			this.parents = Arrays.copyOf(this.parents, length);
			this.fields = Arrays.copyOf(this.fields, length);
			this.classNames = Arrays.copyOf(this.classNames, length);
			this.counts = Arrays.copyOf(this.counts, length);
			this.shallowBytes = Arrays.copyOf(this.shallowBytes, length);
			this.heldBytes = Arrays.copyOf(this.heldBytes, length);
			this.retainedBytes = Arrays.copyOf(this.retainedBytes, length);
		}

		/**
		 * The tree of what was added. The builder can go on.
		 * @return the tree
		 */
		public PathTree build() {
			return new PathTree(this);
		}

	}

}
