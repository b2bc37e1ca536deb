package io.leakwatch.heap.cli;

import java.util.ArrayList;
import java.util.List;

import io.leakwatch.heap.cli.Report.Fact;
import io.leakwatch.heap.cli.Table.Column;
import org.jspecify.annotations.Nullable;

/**
 * Writes a report for a person: facts with their labels, tables with aligned columns,
 * within some 120 characters where the last column, which holds names, lets it.
 */
final class TextReport {

	private static final int WIDTH = 118;

	/** No column but the last is wider. */
	private static final int WIDEST_COLUMN = 44;

	private static final int LEAST_LAST_COLUMN = 40;

	/** Deeper rows are told their depth in a number. */
	private static final int DEEPEST = 20;

	private static final String GAP = "  ";

	private final Output out;

	private TextReport(Output out) {
		this.out = out;
	}

	static void write(Report report, Output out) {
		new TextReport(out).report(report);
	}

	private void report(Report report) {
		boolean first = facts(report.facts());
		for (Table table : report.tables()) {
			if (!first) {
				this.out.add("\n");
			}
			first = false;
			if (!table.title().isEmpty()) {
				this.out.strong(table.title()).add("\n");
			}
			if (table.rows().isEmpty()) {
				this.out.add(GAP).faint("none").add("\n");
			}
			else if (table.isOfParagraphs()) {
				paragraphs(table);
			}
			else {
				lines(table);
			}
			if (table.rowsLeftOut() > 0) {
				String more = "… " + Numbers.count(table.rowsLeftOut()) + " more; --top 0 shows all";
				this.out.add(GAP).faint(more).add("\n");
			}
		}
		for (String note : report.notes()) {
			this.out.add("\n");
			wrapped(note, 0, " ");
		}
	}

	private boolean facts(List<Fact> facts) {
		int width = 0;
		boolean none = true;
		for (Fact fact : facts) {
			width = Math.max(width, fact.label().length());
		}
		for (Fact fact : facts) {
			if (!fact.label().isEmpty() && fact.value() != null) {
				this.out.strong(fact.label()).spaces(width - fact.label().length()).add(GAP);
				this.out.add(cell(fact.kind(), fact.value(), Integer.MAX_VALUE)).add("\n");
				none = false;
			}
		}
		return none;
	}

	private void lines(Table table) {
		List<Column> columns = table.columns();
		int[] widths = new int[columns.size()];
		int last = 0;
		boolean isTree = false;
		for (int i = 0; i < widths.length; i++) {
			Column column = columns.get(i);
			isTree |= column.kind() == Kind.DEPTH;
			last = (column.isShown() && column.kind() != Kind.LINES) ? i : last;
		}
		List<String[]> cells = cells(table, last, widths);
		int indent = GAP.length();
		for (int i = 0; i < last; i++) {
			indent += (widths[i] > 0) ? widths[i] + GAP.length() : 0;
		}
		String[] headers = new String[widths.length];
		for (int i = 0; i < widths.length; i++) {
			headers[i] = columns.get(i).header();
		}
		this.out.faint(aligned(columns, headers, widths, last) + headers[last]).add("\n");
		for (int rank = 0; rank < cells.size(); rank++) {
			@Nullable Object[] row = table.rows().get(rank);
			Object value = row[last];
			this.out.add(aligned(columns, cells.get(rank), widths, last));
			if (columns.get(last).kind() == Kind.WORDS && !isTree && value != null) {
				wrapped(Names.shortened(value.toString()), indent, " → ");
			}
			else {
				this.out.add(lastCell(columns, row, last, WIDTH - indent)).add("\n");
			}
			below(columns, row, indent);
		}
	}

	private static List<String[]> cells(Table table, int last, int[] widths) {
		List<Column> columns = table.columns();
		List<String[]> cells = new ArrayList<>(table.rows().size());
		for (int i = 0; i < last; i++) {
			widths[i] = columns.get(i).header().length();
		}
		for (int rank = 0; rank < table.rows().size(); rank++) {
			@Nullable Object[] row = table.rows().get(rank);
			String[] texts = new String[last];
			for (int i = 0; i < last; i++) {
				Column column = columns.get(i);
				if (column.isShown()) {
					texts[i] = cell(column.kind(), row[i], WIDEST_COLUMN);
					widths[i] = Math.max(widths[i], texts[i].length());
				}
			}
			cells.add(texts);
		}
		return cells;
	}

	/** What the last column has room for, indented where the table is a tree. */
	private static String lastCell(List<Column> columns, @Nullable Object[] row, int last, int room) {
		Column column = columns.get(last);
		int depth = 0;
		for (int i = 0; i < row.length; i++) {
			if (columns.get(i).kind() == Kind.DEPTH && row[i] instanceof Integer number) {
				depth = number;
			}
		}
		int indent = Math.min(depth, DEEPEST);
		String deep = (depth > DEEPEST) ? "(" + depth + ") " : "";
		int left = Math.max(LEAST_LAST_COLUMN, room - GAP.length() * indent - deep.length());
		return GAP.repeat(indent) + deep + cell(column.kind(), row[last], left);
	}

	/** The shown columns before the last, with the gap that follows each. */
	private static String aligned(List<Column> columns, String[] texts, int[] widths, int last) {
		StringBuilder line = new StringBuilder(GAP);
		for (int i = 0; i < last; i++) {
			if (columns.get(i).isShown()) {
				String padding = " ".repeat(widths[i] - texts[i].length());
				boolean right = columns.get(i).kind().isNumber();
				line.append(right ? padding : "").append(texts[i]).append(right ? "" : padding).append(GAP);
			}
		}
		return line.toString();
	}

	private void below(List<Column> columns, @Nullable Object[] row, int indent) {
		for (int i = 0; i < row.length; i++) {
			if (columns.get(i).isShown() && row[i] instanceof List<?> lines) {
				for (Object line : lines) {
					this.out.spaces(indent).faint("at " + Names.printable(String.valueOf(line))).add("\n");
				}
			}
		}
	}

	/** The first column is the headline, the others follow with their headers. */
	private void paragraphs(Table table) {
		int width = 0;
		for (Column column : table.columns()) {
			width = Math.max(width, column.header().length());
		}
		for (int rank = 0; rank < table.rows().size(); rank++) {
			@Nullable Object[] row = table.rows().get(rank);
			String number = (rank + 1) + ". ";
			this.out.add((rank == 0) ? "" : "\n").strong(number);
			wrapped(Names.printable(String.valueOf(row[0])), number.length(), " ");
			for (int i = 1; i < row.length; i++) {
				Column column = table.columns().get(i);
				if (column.isShown() && row[i] != null) {
					this.out.spaces(number.length()).faint(column.header());
					this.out.spaces(width - column.header().length()).add(GAP);
					int indent = number.length() + width + GAP.length();
					boolean path = column.kind() == Kind.WORDS;
					String text = path ? Names.printable(String.valueOf(row[i]))
							: cell(column.kind(), row[i], WIDTH - indent);
					wrapped(text, indent, path ? " → " : " ");
				}
			}
		}
	}

	/** Text whose first line is begun already, broken after a separator. */
	private void wrapped(String text, int indent, String separator) {
		int room = WIDTH - indent;
		int start = 0;
		while (text.length() - start > room) {
			int end = text.lastIndexOf(separator, start + room - separator.length());
			if (end <= start) {
				end = text.indexOf(separator, start);
			}
			if (end < 0) {
				break;
			}
			this.out.add(text.substring(start, end + separator.length()).stripTrailing()).add("\n").spaces(indent);
			start = end + separator.length();
		}
		this.out.add(text.substring(start)).add("\n");
	}

	private static String cell(Kind kind, @Nullable Object value, int width) {
		if (value == null) {
			return kind.isNumber() ? "-" : "";
		}
		return switch (kind) {
			case COUNT -> Numbers.count(number(value));
			case MORE -> Numbers.signed(number(value), Numbers.count(number(value)));
			case BYTES -> Numbers.bytes(number(value));
			case MORE_BYTES -> Numbers.signed(number(value), Numbers.bytes(number(value)));
			case SHARE -> Numbers.share((Double) value);
			case CLASS -> Names.fitted((String) value, width);
			case WORDS -> Names.cut(Names.shortened((String) value), width);
			default -> Names.cut(Names.printable(value.toString()), width);
		};
	}

	private static long number(Object value) {
		return ((Number) value).longValue();
	}

}
