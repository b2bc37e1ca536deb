package io.leakwatch.benchmarks.heap;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Objects and bytes by class, printed as each of the programs does: a line for the whole,
 * then a line a class, the largest first.
 */
final class Histogram {

	private final Map<String, Row> rows = new HashMap<>();

	void add(String className, long objects, long bytes) {
		Row row = this.rows.computeIfAbsent(className, Row::new);
		row.objects += objects;
		row.bytes += bytes;
	}

	void print() {
		List<Row> sorted = this.rows.values()
			.stream()
			.sorted(Comparator.comparingLong((Row row) -> row.bytes).reversed())
			.toList();
		StringBuilder text = new StringBuilder();
		text.append("%d objects, %d classes%n".formatted(sorted.stream().mapToLong((row) -> row.objects).sum(),
				sorted.size()));
		for (Row row : sorted) {
			text.append("%12d %14d  %s%n".formatted(row.objects, row.bytes, row.className));
		}
		System.out.print(text);
	}

	private static final class Row {

		private final String className;

		private long objects;

		private long bytes;

		private Row(String className) {
			this.className = className;
		}

	}

}
