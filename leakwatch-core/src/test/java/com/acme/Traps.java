package com.acme;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * Containers of an application whose methods must not be called, least of all by a
 * library that only wants to know their size.
 */
public final class Traps {

	private Traps() {
	}

	private static AssertionError called() {
		throw new AssertionError("user code was called");
	}

	/** A collection that loads itself when it is asked for anything. */
	public static class LazyBag extends AbstractList<Object> {

		public Collection<Object> bag = new ArrayList<>();

		@Override
		public Object get(int index) {
			throw called();
		}

		@Override
		public int size() {
			throw called();
		}

		@Override
		public Iterator<Object> iterator() {
			throw called();
		}

		@Override
		public int hashCode() {
			throw called();
		}

		@Override
		public boolean equals(Object other) {
			throw called();
		}

	}

	/** Extends a map of the JDK and counts calls. */
	public static class CountingMap extends HashMap<Object, Object> {

		private static final long serialVersionUID = 1L;

		@Override
		public int size() {
			throw called();
		}

		@Override
		public Set<Map.Entry<Object, Object>> entrySet() {
			throw called();
		}

	}

	/** Extends a map of the JDK and leaves its methods as they are. */
	public static class PlainMap extends HashMap<Object, Object> {

		private static final long serialVersionUID = 1L;

		public final transient Collection<Object> evicted = new ArrayList<>();

	}

	/** Has a field for its size, as primitive maps have. */
	public static class IntMap<V> extends AbstractMap<Integer, V> {

		public int size;

		public Object[] values = new Object[64];

		public void add(Object value) {
			this.values[this.size++] = value;
		}

		@Override
		public int size() {
			throw called();
		}

		@Override
		public Set<Entry<Integer, V>> entrySet() {
			throw called();
		}

	}

}
