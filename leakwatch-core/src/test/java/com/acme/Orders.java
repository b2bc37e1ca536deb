package com.acme;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A bean of an application that keeps what it should let go. */
public final class Orders {

	private final Map<Long, Order> recent = new ConcurrentHashMap<>();

	private final AtomicLong numbers = new AtomicLong();

	/** Keeps another order. */
	public void place() {
		Order order = new Order(new byte[2_000]);
		this.recent.put(this.numbers.incrementAndGet(), order);
	}

	/** How many are kept. */
	public int count() {
		return this.recent.size();
	}

	/** Something that an application has many of. */
	private static final class Order {

		private final byte[] text;

		private Order(byte[] text) {
			this.text = text;
		}

		@Override
		public String toString() {
			return "an order of " + this.text.length + " bytes";
		}

	}

}
