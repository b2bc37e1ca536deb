package io.leakwatch.heap.cli;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** What a command has found, to be written as text or as JSON. */
final class Report {

	private final List<Fact> facts = new ArrayList<>();

	private final List<Table> tables = new ArrayList<>();

	private final List<String> notes = new ArrayList<>();

	/**
	 * Adds a single value.
	 * @param name its name in JSON, empty where JSON leaves it out
	 * @param label its label in text, empty where text leaves it out
	 * @param kind what it is
	 * @param value the value, {@code null} where it is unknown
	 */
	Report fact(String name, String label, Kind kind, @Nullable Object value) {
		this.facts.add(new Fact(name, label, kind, value));
		return this;
	}

	/** Adds a table. */
	Report table(Table table) {
		this.tables.add(table);
		return this;
	}

	/** Adds a remark that stands below all else, in text alone. */
	Report note(String note) {
		this.notes.add(note);
		return this;
	}

	List<Fact> facts() {
		return this.facts;
	}

	List<Table> tables() {
		return this.tables;
	}

	List<String> notes() {
		return this.notes;
	}

	/** Bytes that are unknown where they are −1. */
	static @Nullable Long known(long bytes) {
		return (bytes < 0) ? null : bytes;
	}

	/**
	 * A single value.
	 *
	 * @param name its name in JSON, empty where JSON leaves it out
	 * @param label its label in text, empty where text leaves it out
	 * @param kind what it is
	 * @param value the value, {@code null} where it is unknown
	 */
	record Fact(String name, String label, Kind kind, @Nullable Object value) {
	}

}
