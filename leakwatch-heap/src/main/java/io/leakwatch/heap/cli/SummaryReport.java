package io.leakwatch.heap.cli;

import java.io.IOException;
import java.util.List;

import io.leakwatch.heap.analysis.HeapAnalysis;
import io.leakwatch.heap.analysis.HeapSummary;
import io.leakwatch.heap.graph.GcRoot;
import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.PathTree;

/** A heap in a few numbers. */
final class SummaryReport {

	private static final int LARGEST = 5;

	private SummaryReport() {
	}

	static void summary(Inputs inputs, Report report) throws IOException {
		if (inputs.isProfile(0)) {
			HeapProfile profile = inputs.profile(0);
			report.fact("title", "profile", Kind.TEXT, profile.title())
				.fact("kind", "made of", Kind.TEXT, words(profile.kind()))
				.fact("takenAt", "taken at", Kind.TEXT, profile.takenAt().toString())
				.fact("objectCount", "objects", Kind.COUNT, profile.totalCount())
				.fact("shallowBytes", "bytes", Kind.BYTES, profile.totalShallowBytes())
				.fact("unreachableCount", "unreachable", Kind.COUNT, profile.unreachableCount())
				.fact("unreachableBytes", "  their bytes", Kind.BYTES, profile.unreachableBytes());
			largest(profile, report);
			return;
		}
		inputs.analyse(0, (analysis) -> {
			ofDump(analysis, report);
			return report;
		});
	}

	private static String words(HeapProfile.Kind kind) {
		return (kind == HeapProfile.Kind.HISTOGRAM) ? "a class histogram" : "a heap dump";
	}

	private static void ofDump(HeapAnalysis analysis, Report report) {
		HeapSummary summary = analysis.summary();
		report.fact("path", "file", Kind.TEXT, summary.file().toString())
			.fact("fileBytes", "file size", Kind.BYTES, summary.fileBytes())
			.fact("format", "format", Kind.TEXT, summary.format())
			.fact("idBytes", "", Kind.BYTES, summary.idBytes())
			.fact("takenAt", "taken at", Kind.TEXT, summary.writtenAt().toString())
			.fact("dumpCount", "", Kind.COUNT, summary.dumpCount())
			.fact("dumpNumber", "", Kind.COUNT, summary.dumpNumber());
		if (summary.dumpCount() > 1) {
			report.fact("", "dump", Kind.TEXT,
					"number " + summary.dumpNumber() + " of " + summary.dumpCount() + ", from 0");
		}
		report.fact("layout", "layout", Kind.TEXT, summary.layout())
			.fact("classCount", "classes", Kind.COUNT, summary.classCount())
			.fact("loaderCount", "class loaders", Kind.COUNT, summary.loaderCount())
			.fact("objectCount", "objects", Kind.COUNT, summary.objectCount())
			.fact("shallowBytes", "bytes", Kind.BYTES, summary.shallowBytes())
			.fact("unreachableCount", "unreachable", Kind.COUNT, summary.unreachableCount())
			.fact("unreachableBytes", "  their bytes", Kind.BYTES, summary.unreachableBytes());
		Table roots = Table.of("roots", "GC roots")
			.column("count", "COUNT", Kind.COUNT)
			.column("kind", "KIND", Kind.TEXT);
		for (GcRoot.Kind kind : GcRoot.Kind.values()) {
			Integer count = summary.roots().get(kind);
			if (count != null) {
				roots.row(count, kind.words());
			}
		}
		report.table(roots);
		largest(analysis.profile(""), report);
	}

	private static void largest(HeapProfile profile, Report report) {
		List<ClassCount> classes = profile.classes();
		Table table = Table.of("largestClasses", "Classes with the most bytes")
			.column("shallowBytes", "SHALLOW", Kind.BYTES)
			.column("count", "OBJECTS", Kind.COUNT)
			.column("className", "CLASS", Kind.CLASS);
		for (ClassCount each : classes.subList(0, Math.min(LARGEST, classes.size()))) {
			table.row(each.shallowBytes(), each.count(), each.className());
		}
		report.table(table);
		PathTree tree = profile.paths();
		Table roots = Table.of("largestRoots", "Roots that hold the most")
			.column("heldBytes", "HELD", Kind.BYTES)
			.column("share", "SHARE", Kind.SHARE)
			.column("root", "ROOT", Kind.WORDS);
		for (int rank = 0; rank < Math.min(LARGEST, tree.childCount(PathTree.HEAP)); rank++) {
			int node = tree.child(PathTree.HEAP, rank);
			roots.row(tree.heldBytes(node), PathReports.share(tree, node), PathReports.step(tree, node));
		}
		report.table(roots);
	}

}
