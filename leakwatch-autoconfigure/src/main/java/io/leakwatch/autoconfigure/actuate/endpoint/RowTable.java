package io.leakwatch.autoconfigure.actuate.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A {@link TextTable} of rows of one type. Columns of which no row knows anything are
 * left out.
 *
 * @param <T> the type of the rows
 */
final class RowTable<T> {

	private final List<T> rows;

	private final List<String> headings = new ArrayList<>();

	private final List<Function<T, String>> cells = new ArrayList<>();

	RowTable(List<T> rows) {
		this.rows = rows;
	}

	RowTable<T> column(String heading, Function<T, String> cell) {
		this.headings.add(heading);
		this.cells.add(cell);
		return this;
	}

	/** A column of names that are cut in the middle above a width. */
	RowTable<T> names(String heading, int widest, Function<T, String> name) {
		return column(heading, (row) -> TextTable.cutInTheMiddle(name.apply(row), widest));
	}

	/** A column of bytes gained, {@code null} where unknown. */
	RowTable<T> gainIfKnown(String heading, Function<T, @Nullable Long> bytes) {
		if (this.rows.stream().map(bytes).anyMatch(Objects::nonNull)) {
			column(heading, (row) -> {
				Long gained = bytes.apply(row);
				return (gained != null) ? Units.signedBytes(gained) : "unknown";
			});
		}
		return this;
	}

	/** A column of {@code yes}, {@code no} and {@code null} where unknown. */
	RowTable<T> yesIfKnown(String heading, Function<T, @Nullable Boolean> fact) {
		if (this.rows.stream().map(fact).anyMatch(Objects::nonNull)) {
			column(heading, (row) -> Boolean.TRUE.equals(fact.apply(row)) ? "yes" : "no");
		}
		return this;
	}

	@Override
	public String toString() {
		TextTable table = new TextTable(this.headings.toArray(String[]::new));
		for (T row : this.rows) {
			table.row(this.cells.stream().map((cell) -> cell.apply(row)).toArray(String[]::new));
		}
		return table.toString();
	}

}
