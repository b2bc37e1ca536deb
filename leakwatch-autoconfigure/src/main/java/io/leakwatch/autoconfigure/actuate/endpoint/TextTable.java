package io.leakwatch.autoconfigure.actuate.endpoint;

import java.util.ArrayList;
import java.util.List;

import io.leakwatch.heap.profile.PrintableName;

/**
 * A table for a terminal: columns as wide as their widest cell, numbers to the right,
 * names cut in the middle where they are too long.
 */
final class TextTable {

	private static final int WIDEST_CELL = 70;

	private static final int LONGEST_NAME = 1000;

	private final List<String> headings;

	private final List<List<String>> rows = new ArrayList<>();

	/**
	 * An empty table. A heading that begins with {@code >} names a column of numbers.
	 */
	TextTable(String... headings) {
		this.headings = List.of(headings);
	}

	void row(String... cells) {
		this.rows.add(List.of(cells).stream().map((cell) -> cutInTheMiddle(cell, WIDEST_CELL)).toList());
	}

	@Override
	public String toString() {
		int[] widths = new int[this.headings.size()];
		for (int column = 0; column < widths.length; column++) {
			widths[column] = heading(column).length();
			for (List<String> row : this.rows) {
				widths[column] = Math.max(widths[column], row.get(column).length());
			}
		}
		StringBuilder text = new StringBuilder();
		List<String> first = new ArrayList<>();
		for (int column = 0; column < widths.length; column++) {
			first.add(heading(column));
		}
		append(text, first, widths);
		this.rows.forEach((row) -> append(text, row, widths));
		return text.toString();
	}

	private void append(StringBuilder text, List<String> cells, int[] widths) {
		StringBuilder line = new StringBuilder();
		for (int column = 0; column < widths.length; column++) {
			String padding = " ".repeat(widths[column] - cells.get(column).length());
			line.append("  ");
			line.append(isNumeric(column) ? padding + cells.get(column) : cells.get(column) + padding);
		}
		text.append(line.toString().stripTrailing()).append('\n');
	}

	private boolean isNumeric(int column) {
		return this.headings.get(column).startsWith(">");
	}

	private String heading(int column) {
		return isNumeric(column) ? this.headings.get(column).substring(1) : this.headings.get(column);
	}

	static String cutInTheMiddle(String untrusted, int widest) {
		String cell = PrintableName.of(untrusted, LONGEST_NAME);
		if (cell.length() <= widest) {
			return cell;
		}
		int half = (widest - 1) / 2;
		return cell.substring(0, half) + "…" + cell.substring(cell.length() - (widest - 1 - half));
	}

}
