package io.leakwatch.heap.analysis;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The merged paths while they are made: nodes keyed by the node above, the field and the
 * class. An object of the same class as the node above is folded into it, and so is one
 * that repeats the last few steps (a list in a list in a list), so a linked structure of
 * any depth is one node. There is room for a limited number of nodes; when it is used up,
 * new children of a node share one.
 *
 * <p>
 * Safe for several threads.
 */
final class PathTrie {

	static final int MAXIMUM_NODES = 200_000;

	static final int ROOT = 0;

	/** The class of a node that stands for all the children that had no room. */
	static final int REST = -1;

	private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(int[].class);

	private static final int FOLDED_STEPS = 8;

	private final int limit;

	private int[] parents = new int[1024];

	private int[] fields = new int[1024];

	private int[] classes = new int[1024];

	private int size = 1;

	private volatile Table table = new Table(4096);

	PathTrie(int limit) {
		this.limit = limit;
		this.classes[ROOT] = Integer.MIN_VALUE;
	}

	/** The node of an object of a class that a node's object refers to by a field. */
	int child(int parent, int field, int classNumber) {
		int known = this.table.find(parent, field, classNumber);
		return (known > 0) ? known - 1 : add(parent, field, classNumber, true);
	}

	/** The same without folding, for what begins a path. */
	int rootChild(int field, int classNumber) {
		int known = this.table.find(ROOT, field, classNumber);
		return (known > 0) ? known - 1 : add(ROOT, field, classNumber, false);
	}

	private synchronized int add(int parent, int field, int classNumber, boolean folds) {
		int known = this.table.find(parent, field, classNumber);
		if (known > 0) {
			return known - 1;
		}
		int node = folds ? folded(parent, field, classNumber) : -1;
		if (node < 0 && this.size >= this.limit && classNumber != REST) {
			node = (this.classes[parent] == REST) ? parent : add(parent, REST, REST, false);
		}
		if (node < 0) {
			node = newNode(parent, field, classNumber);
		}
		Table current = this.table;
		if (2 * (current.count + 1) > current.values.length) {
			current = current.grown();
			this.table = current;
		}
		current.put(parent, field, classNumber, node + 1);
		return node;
	}

	/**
	 * The node above into which a step is folded, -1 for none: the one of the same class
	 * that it follows, or the one at which a way of a few steps began that is gone for
	 * the second time in a row. The way has to be the same as a whole: a map in a bean in
	 * a map is no linked structure, though it is held by the same fields of the map.
	 */
	private int folded(int parent, int field, int classNumber) {
		if (parent != ROOT && this.classes[parent] == classNumber) {
			return parent;
		}
		int above = parent;
		for (int distance = 1; distance <= FOLDED_STEPS && above != ROOT; distance++) {
			if (this.classes[above] == classNumber && this.fields[above] == field
					&& isRepeated(parent, above, distance - 1)) {
				return above;
			}
			above = this.parents[above];
		}
		return -1;
	}

	/** Whether so many steps up from one node are the same as those above another. */
	private boolean isRepeated(int from, int other, int steps) {
		int a = from;
		int b = this.parents[other];
		for (int i = 0; i < steps; i++) {
			if (b == ROOT || this.classes[a] != this.classes[b] || this.fields[a] != this.fields[b]) {
				return false;
			}
			a = this.parents[a];
			b = this.parents[b];
		}
		return true;
	}

	private int newNode(int parent, int field, int classNumber) {
		int node = this.size++;
		if (node == this.parents.length) {
			this.parents = Arrays.copyOf(this.parents, 2 * node);
			this.fields = Arrays.copyOf(this.fields, 2 * node);
			this.classes = Arrays.copyOf(this.classes, 2 * node);
		}
		this.parents[node] = parent;
		this.fields[node] = field;
		this.classes[node] = classNumber;
		return node;
	}

	synchronized int size() {
		return this.size;
	}

	int parent(int node) {
		return this.parents[node];
	}

	int field(int node) {
		return this.fields[node];
	}

	int classNumber(int node) {
		return this.classes[node];
	}

	/** Open addressing; read without a lock, written under that of the trie. */
	private static final class Table {

		private final int[] keys;

		private final int[] values;

		private int count;

		Table(int capacity) {
			this.keys = new int[3 * capacity];
			this.values = new int[capacity];
		}

		int find(int parent, int field, int classNumber) {
			int mask = this.values.length - 1;
			for (int at = hash(parent, field, classNumber) & mask;; at = (at + 1) & mask) {
				int value = (int) VALUES.getAcquire(this.values, at);
				if (value == 0) {
					return 0;
				}
				if (this.keys[3 * at] == parent && this.keys[3 * at + 1] == field
						&& this.keys[3 * at + 2] == classNumber) {
					return value;
				}
			}
		}

		void put(int parent, int field, int classNumber, int value) {
			int mask = this.values.length - 1;
			int at = hash(parent, field, classNumber) & mask;
			while (this.values[at] != 0) {
				at = (at + 1) & mask;
			}
			this.keys[3 * at] = parent;
			this.keys[3 * at + 1] = field;
			this.keys[3 * at + 2] = classNumber;
			VALUES.setRelease(this.values, at, value);
			this.count++;
		}

		Table grown() {
			Table grown = new Table(2 * this.values.length);
			for (int at = 0; at < this.values.length; at++) {
				if (this.values[at] != 0) {
					grown.put(this.keys[3 * at], this.keys[3 * at + 1], this.keys[3 * at + 2], this.values[at]);
				}
			}
			return grown;
		}

		private static int hash(int parent, int field, int classNumber) {
			int hash = parent * 0x9E3779B1 + field * 0x85EBCA77 + classNumber * 0xC2B2AE3D;
			return hash ^ (hash >>> 15);
		}

	}

}
