package com.acme;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Classes of an application, as the census meets them.
 */
public final class Shop {

	private Shop() {
	}

	/** A bean. */
	public static class OrderService {

		public List<Object> recent = new ArrayList<>();

		public Inner inner = new Inner();

		public Object any = "nothing";

		public Object other = "nothing";

		public Object[] listeners = new Object[0];

		public final AtomicReference<Object[]> subscribers = new AtomicReference<>(new Object[0]);

	}

	/** Inside a bean. */
	public static class Inner {

		public Map<String, Object> items = new ConcurrentHashMap<>();

	}

	/** An entity. */
	public static class Order {

		public final List<Object> lines = new ArrayList<>();

		@Override
		public int hashCode() {
			throw new AssertionError("hashCode");
		}

		@Override
		public boolean equals(Object other) {
			throw new AssertionError("equals");
		}

		@Override
		public String toString() {
			throw new AssertionError("toString");
		}

	}

	/** A chain made by hand. */
	public static class Chain {

		public Node head = new Node();

		public Node first = this.head;

		public void append(int nodes) {
			for (int i = 0; i < nodes; i++) {
				Node node = new Node();
				this.head.next = node;
				this.head = node;
			}
			this.head = this.first;
		}

	}

	/** A link. */
	public static class Node {

		public Node next;

		public Object payload;

	}

	/** A tree. */
	public static class Tree {

		public Tree left;

		public Tree right;

		public Tree parent;

		public static Tree of(int depth) {
			Tree tree = new Tree();
			if (depth > 1) {
				tree.left = of(depth - 1);
				tree.right = of(depth - 1);
				tree.left.parent = tree;
				tree.right.parent = tree;
			}
			return tree;
		}

	}

	/** Has static fields. */
	public static final class Registry {

		public static final List<Object> ENTRIES = new ArrayList<>();

		public static Object[] hooks = new Object[0];

		private Registry() {
		}

	}

	/** Must not be initialised. */
	public static final class Dormant {

		public static final List<Object> ENTRIES = initialised();

		private Dormant() {
		}

		private static List<Object> initialised() {
			System.setProperty("com.acme.dormant", "initialised");
			return new ArrayList<>(Collections.nCopies(100, "x"));
		}

	}

}
