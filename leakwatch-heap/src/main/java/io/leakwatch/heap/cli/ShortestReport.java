package io.leakwatch.heap.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.leakwatch.heap.analysis.PathStep;
import io.leakwatch.heap.analysis.RootPath;
import io.leakwatch.heap.graph.ReferenceKind;

/** The shortest ways from GC roots to the objects of a class, which a dump alone has. */
final class ShortestReport {

	private ShortestReport() {
	}

	static void ways(Inputs inputs, Report report) throws IOException, UsageException {
		Arguments arguments = inputs.arguments();
		String wanted = Objects.requireNonNull(arguments.className, "--shortest was allowed without --class");
		if (inputs.isProfile(0)) {
			throw new UsageException(Command.PATHS,
					inputs.file(0) + " is a saved profile, which has no single objects; --shortest needs a dump");
		}
		Set<ReferenceKind> followed = arguments.weak ? EnumSet.allOf(ReferenceKind.class) : Set.of();
		int most = (arguments.top > 0) ? arguments.top : Integer.MAX_VALUE - 1;
		// One more than is shown tells whether there are more.
		List<RootPath> ways = inputs.shortestPaths(0, followed,
				(paths) -> paths.toClasses((name) -> PathReports.matches(wanted, name), most + 1));
		Table table = Table.ofParagraphs("ways", "Shortest ways, those of the most objects first")
			.column("title", "WAY", Kind.TEXT)
			.column("count", "", Kind.COUNT)
			.column("className", "class", Kind.CLASS)
			.column("stepCount", "steps", Kind.COUNT)
			.column("path", "path", Kind.WORDS)
			.column("id", "object", Kind.TEXT)
			.column("stepIds", "", Kind.LINES);
		for (RootPath each : ways.subList(0, Math.min(most, ways.size()))) {
			row(each, table);
		}
		report.table(table);
		if (ways.isEmpty()) {
			report.note("No root leads to an object of a class " + Names.printable(wanted)
					+ (arguments.weak ? "." : " by references that keep it for sure; --weak follows the others too."));
		}
		else if (ways.size() > most) {
			report.note("There are more ways; --top 0 shows all.");
		}
	}

	private static void row(RootPath way, Table table) {
		List<PathStep> steps = way.steps();
		PathStep last = steps.get(steps.size() - 1);
		List<String> ids = new ArrayList<>();
		StringBuilder path = new StringBuilder();
		long count = -1;
		for (PathStep each : steps) {
			path.append(path.isEmpty() ? "" : " → ")
				.append(each.field())
				.append(" (")
				.append(each.className())
				.append(")");
			if (each.length() > 1) {
				path.append(" × ").append(Numbers.count(each.length()));
			}
			ids.add(ObjectReports.address(each.id()));
			count += each.length();
		}
		String className = Names.readable(last.className());
		String title = Numbers.count(way.count()) + " × " + className.substring(className.lastIndexOf('.') + 1);
		table.row(title, way.count(), last.className(), count, path.toString(), ids.get(ids.size() - 1), ids);
	}

}
