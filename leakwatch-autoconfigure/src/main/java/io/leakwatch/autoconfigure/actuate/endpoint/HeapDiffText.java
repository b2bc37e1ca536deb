package io.leakwatch.autoconfigure.actuate.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.leakwatch.heap.profile.PrintableName;

/**
 * Comparisons as a person reads them in a terminal.
 */
final class HeapDiffText {

	private static final String ARROW = " → ";

	private static final int WIDEST_CLASS = 40;

	/**
	 * So many steps of a path are shown; of a longer one, those in the middle are not.
	 */
	private static final int MAXIMUM_STEPS = 20;

	private static final int LONGEST_STEP = 300;

	private HeapDiffText() {
	}

	static String of(HeapDiffDescriptor diff) {
		StringBuilder text = new StringBuilder();
		SnapshotDescriptor from = diff.from();
		SnapshotDescriptor to = diff.to();
		if (from != null && to != null) {
			text.append("From %s to %s: %s\n".formatted(name(from), name(to),
					Units.duration(Duration.ofSeconds(diff.seconds()))));
			text.append("In all %s objects, %s\n".formatted(Units.signed(diff.countDelta()),
					Units.signedBytes(diff.shallowBytesDelta())));
		}
		if (diff.message() != null) {
			text.append(diff.message()).append('\n');
		}
		if (diff.intervals() != null) {
			text.append(
					"GROWS: what grew in each of the %d intervals between heap dumps\n".formatted(diff.intervals()));
		}
		if (!diff.rows().isEmpty()) {
			text.append('\n').append(rows(diff.rows()));
		}
		if (diff.topPath() != null) {
			text.append('\n').append(topPath(diff.topPath()));
		}
		return text.toString();
	}

	static String classes(List<ClassRowDescriptor> rows) {
		return new RowTable<>(rows).column("CLASS", ClassRowDescriptor::name)
			.column(">BEFORE", (row) -> Units.count(row.countBefore()))
			.column(">AFTER", (row) -> Units.count(row.countAfter()))
			.column(">OBJECTS", (row) -> Units.signed(row.countDelta()))
			.column(">BYTES", (row) -> Units.signedBytes(row.shallowBytesDelta()))
			.gainIfKnown(">RETAINED", ClassRowDescriptor::retainedBytesDelta)
			.yesIfKnown("GROWS", ClassRowDescriptor::growingInEveryInterval)
			.toString();
	}

	private static String paths(List<PathRowDescriptor> rows) {
		return new RowTable<>(rows).column("HOLDER", PathRowDescriptor::holder)
			.names("OF CLASS", WIDEST_CLASS, PathRowDescriptor::className)
			.column(">BEFORE", (row) -> Units.count(row.countBefore()))
			.column(">AFTER", (row) -> Units.count(row.countAfter()))
			.column(">OBJECTS", (row) -> Units.signed(row.countDelta()))
			.column(">HELD", (row) -> Units.signedBytes(row.heldBytesDelta()))
			.gainIfKnown(">RETAINED", PathRowDescriptor::retainedBytesDelta)
			.column(">SHARE", (row) -> Units.percent(row.shareOfGrowth()))
			.yesIfKnown("GROWS", PathRowDescriptor::growingInEveryInterval)
			.toString();
	}

	private static String beans(List<BeanRowDescriptor> rows) {
		return new RowTable<>(rows).column("BEAN", HeapDiffText::bean)
			.names("OF CLASS", WIDEST_CLASS, BeanRowDescriptor::className)
			.column(">BEFORE", (row) -> Units.bytes(row.heldBytesBefore()))
			.column(">AFTER", (row) -> Units.bytes(row.heldBytesAfter()))
			.column(">HELD", (row) -> Units.signedBytes(row.heldBytesDelta()))
			.gainIfKnown(">RETAINED", BeanRowDescriptor::retainedBytesDelta)
			.gainIfKnown(">SHARED", BeanRowDescriptor::sharedBytesDelta)
			.column(">SHARE", (row) -> Units.percent(row.shareOfGrowth()))
			.yesIfKnown("GROWS", BeanRowDescriptor::growingInEveryInterval)
			.toString();
	}

	private static String bean(BeanRowDescriptor row) {
		String name = row.context().isEmpty() ? row.name() : "%s (context %s)".formatted(row.name(), row.context());
		return row.scope().equals("scoped") ? "%s (%s of a scope)".formatted(name, Units.count(row.countAfter()))
				: name;
	}

	private static String loaders(List<LoaderRowDescriptor> rows) {
		return new RowTable<>(rows).column("CLASS LOADER", LoaderRowDescriptor::name)
			.names("OF CLASS", WIDEST_CLASS, LoaderRowDescriptor::className)
			.column(">BEFORE", (row) -> Units.count(row.countBefore()))
			.column(">AFTER", (row) -> Units.count(row.countAfter()))
			.column(">LOADERS", (row) -> Units.signed(row.countDelta()))
			.column(">CLASSES", (row) -> Units.signed(row.classCountDelta()))
			.column(">BYTES", (row) -> Units.signedBytes(row.shallowBytesDelta()))
			.gainIfKnown(">RETAINED", LoaderRowDescriptor::retainedBytesDelta)
			.column(">SHARE", (row) -> Units.percent(row.shareOfGrowth()))
			.yesIfKnown("GROWS", LoaderRowDescriptor::growingInEveryInterval)
			.column("HELD BY", (row) -> (row.heldBy() != null) ? row.heldBy() : "")
			.toString();
	}

	/** All rows are of one type, so that one of the tables has all of them. */
	private static String rows(List<? extends DiffRowDescriptor> rows) {
		return table(ClassRowDescriptor.class, rows, HeapDiffText::classes)
				+ table(PathRowDescriptor.class, rows, HeapDiffText::paths)
				+ table(BeanRowDescriptor.class, rows, HeapDiffText::beans)
				+ table(LoaderRowDescriptor.class, rows, HeapDiffText::loaders);
	}

	private static <T> String table(Class<T> type, List<?> rows, Function<List<T>, String> table) {
		List<T> ofType = rows.stream().filter(type::isInstance).map(type::cast).toList();
		return ofType.isEmpty() ? "" : table.apply(ofType);
	}

	private static String topPath(PathRowDescriptor top) {
		List<String> steps = new ArrayList<>(List.of(top.path().split(ARROW)));
		if (steps.size() > MAXIMUM_STEPS) {
			steps.subList(MAXIMUM_STEPS / 2, steps.size() - MAXIMUM_STEPS / 2).clear();
			steps.add(MAXIMUM_STEPS / 2, "…");
		}
		StringBuilder text = new StringBuilder("Grown most: %s objects of class %s, %s, held by\n".formatted(
				Units.signed(top.countDelta()), printable(top.className()), Units.signedBytes(top.heldBytesDelta())));
		String before = "  ";
		for (String step : steps) {
			text.append(before).append(printable(step)).append('\n');
			before = "   → ";
		}
		return text.toString();
	}

	private static String printable(String name) {
		return PrintableName.of(name, LONGEST_STEP);
	}

	private static String name(SnapshotDescriptor snapshot) {
		return (snapshot.label() != null) ? snapshot.id() + " '" + snapshot.label() + "'" : snapshot.id();
	}

}
