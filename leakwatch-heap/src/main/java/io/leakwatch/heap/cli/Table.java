package io.leakwatch.heap.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/** Rows of a report. Values are numbers, texts, lists of texts, booleans or nothing. */
final class Table {

	private final String key;

	private final String title;

	private final boolean blocks;

	private final List<Column> columns = new ArrayList<>();

	private final List<@Nullable Object[]> rows = new ArrayList<>();

	private long rowsLeftOut;

	private Table(String key, String title, boolean blocks) {
		this.key = key;
		this.title = title;
		this.blocks = blocks;
	}

	/**
	 * A table with a line for each row.
	 * @param key its name in JSON
	 * @param title its title in text, empty for none
	 */
	static Table of(String key, String title) {
		return new Table(key, title, false);
	}

	/** A table that text shows with a numbered paragraph for each row. */
	static Table ofParagraphs(String key, String title) {
		return new Table(key, title, true);
	}

	/**
	 * Adds a column.
	 * @param name its name in JSON
	 * @param header its header in text, empty where text leaves it out
	 * @param kind what its values are
	 */
	Table column(String name, String header, Kind kind) {
		this.columns.add(new Column(name, header, kind));
		return this;
	}

	/** Adds a row, a value for each column. */
	void row(@Nullable Object... values) {
		if (values.length != this.columns.size()) {
			throw new IllegalArgumentException(
					values.length + " values for the " + this.columns.size() + " columns of " + this.key);
		}
		this.rows.add(values);
	}

	/**
	 * Adds rows for the first of some items, and says how many are left out.
	 * @param top how many items are shown, 0 for all
	 * @param adder adds the row of an item
	 * @param <T> what an item is
	 */
	<T> void rows(List<T> items, int top, Consumer<T> adder) {
		int shown = shown(items.size(), top);
		items.subList(0, shown).forEach(adder);
		leaveOut(items.size() - shown);
	}

	/** How many of some rows are shown, of which 0 wants all. */
	static int shown(int size, int top) {
		return (top > 0) ? Math.min(size, top) : size;
	}

	/** Says how many rows there are beyond those that are shown. */
	void leaveOut(long count) {
		this.rowsLeftOut = count;
	}

	String key() {
		return this.key;
	}

	String title() {
		return this.title;
	}

	boolean isOfParagraphs() {
		return this.blocks;
	}

	List<Column> columns() {
		return this.columns;
	}

	List<@Nullable Object[]> rows() {
		return this.rows;
	}

	long rowsLeftOut() {
		return this.rowsLeftOut;
	}

	/**
	 * A column.
	 *
	 * @param name its name in JSON
	 * @param header its header in text, empty where text leaves it out
	 * @param kind what its values are
	 */
	record Column(String name, String header, Kind kind) {

		boolean isShown() {
			return !this.header.isEmpty();
		}

	}

}
