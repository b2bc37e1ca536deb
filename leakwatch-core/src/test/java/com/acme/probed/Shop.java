package com.acme.probed;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * An application that leaks in four ways, and makes garbage.
 */
public final class Shop {

	/** The method that adds to {@link #recent}. */
	public static final String LEAKING_METHOD = "com.acme.probed.Shop.place(Shop.java:";

	private static final Shop instance = new Shop();

	private static final ThreadLocal<List<Basket>> baskets = ThreadLocal.withInitial(ArrayList::new);

	private static volatile Object last = "";

	private static Visit newest = new Visit(null);

	private final List<Order> recent = new ArrayList<>();

	private Shop() {
	}

	/** Puts orders into a list that nothing is taken from. */
	public static void placeOrders(int count) {
		for (int i = 0; i < count; i++) {
			instance.place(i);
			churn();
		}
	}

	/** Puts what belongs to a request into a thread local that is not removed. */
	public static void fillBaskets(int count) {
		for (int i = 0; i < count; i++) {
			baskets.get().add(new Basket());
			churn();
		}
	}

	/** Makes each visit know the one before. */
	public static void visit(int count) {
		for (int i = 0; i < count; i++) {
			newest = new Visit(newest);
			churn();
		}
	}

	/** Has files deleted on exit, whose names the JDK keeps until then. */
	public static void export(int count) {
		String folder = "/nowhere/" + "x".repeat(1_000);
		for (int i = 0; i < count; i++) {
			new File(folder, Integer.toString(i)).deleteOnExit();
			churn();
		}
	}

	/** Drops what it makes. */
	private static void churn() {
		last = new byte[1_000];
	}

	private void place(int number) {
		this.recent.add(new Order(number));
	}

	/** How much was leaked, so that nothing is optimised away. */
	public static int leaked() {
		return instance.recent.size() + newest.body.length + last.hashCode();
	}

	/** An order, most of which is in an array below. */
	private static final class Order {

		private final byte[] body = new byte[1_000];

		private final String name;

		Order(int number) {
			this.name = "order " + number;
		}

		@Override
		public String toString() {
			return this.name + this.body.length;
		}

	}

	/** A basket. */
	private static final class Basket {

		private final long[] items = new long[125];

		@Override
		public String toString() {
			return "basket of " + this.items.length;
		}

	}

	/** A visit, and the one before. */
	private static final class Visit {

		private final Visit before;

		private final byte[] body = new byte[1_000];

		Visit(Visit before) {
			this.before = before;
		}

		@Override
		public String toString() {
			return "after " + (this.before != null);
		}

	}

}
