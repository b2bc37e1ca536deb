package io.leakwatch.heap.cli;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Writes a report as JSON (RFC 8259): one object, a line for each fact and each row.
 * Whatever could not be shown safely is escaped, so that the name of a class can neither
 * end a string nor control a terminal.
 */
final class JsonReport {

	private final Output out;

	private JsonReport(Output out) {
		this.out = out;
	}

	static void write(Report report, Output out) {
		new JsonReport(out).report(report);
	}

	private void report(Report report) {
		this.out.add("{");
		String separator = "\n  ";
		for (Report.Fact fact : report.facts()) {
			if (fact.name().isEmpty()) {
				continue;
			}
			this.out.add(separator);
			text(fact.name());
			this.out.add(": ");
			value(fact.value());
			separator = ",\n  ";
		}
		for (Table table : report.tables()) {
			this.out.add(separator);
			text(table.key());
			this.out.add(": ");
			rows(table);
			separator = ",\n  ";
		}
		this.out.add("\n}\n");
	}

	private void rows(Table table) {
		this.out.add("[");
		String separator = "\n    ";
		List<Table.Column> columns = table.columns();
		for (int rank = 0; rank < table.rows().size(); rank++) {
			@Nullable Object[] row = table.rows().get(rank);
			this.out.add(separator);
			for (int i = 0; i < row.length; i++) {
				this.out.add((i == 0) ? "{" : ", ");
				text(columns.get(i).name());
				this.out.add(": ");
				value(row[i]);
			}
			this.out.add("}");
			separator = ",\n    ";
		}
		this.out.add(table.rows().isEmpty() ? "]" : "\n  ]");
	}

	private void value(@Nullable Object value) {
		if (value instanceof List<?> list) {
			this.out.add("[");
			for (int i = 0; i < list.size(); i++) {
				this.out.add((i == 0) ? "" : ", ");
				value(list.get(i));
			}
			this.out.add("]");
		}
		else if (value instanceof Double number && !Double.isFinite(number)) {
			this.out.add("null");
		}
		else if (value == null || value instanceof Number || value instanceof Boolean) {
			this.out.add(String.valueOf(value));
		}
		else {
			text(value.toString());
		}
	}

	private void text(String text) {
		StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
		for (int i = 0; i < text.length();) {
			int character = text.codePointAt(i);
			int length = Character.charCount(character);
			if (character == '"' || character == '\\') {
				quoted.append('\\').append((char) character);
			}
			else if (isShown(character)) {
				quoted.appendCodePoint(character);
			}
			else {
				for (int j = i; j < i + length; j++) {
					String digits = Integer.toHexString(text.charAt(j));
					quoted.append("\\u").append("0000", 0, 4 - digits.length()).append(digits);
				}
			}
			i += length;
		}
		this.out.add(quoted.append('"'));
	}

	private static boolean isShown(int character) {
		if (character < 0x7f) {
			return character >= ' ';
		}
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
					Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED, Character.PRIVATE_USE ->
				false;
			default -> true;
		};
	}

}
