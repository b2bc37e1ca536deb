package io.leakwatch.heap.cli;

import java.io.IOException;
import java.util.List;

import io.leakwatch.heap.analysis.ClassUse;
import io.leakwatch.heap.analysis.HeapAnalysis;
import io.leakwatch.heap.graph.ClassHistogram;
import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.LoaderUse;

/** What a heap has by class and by class loader. */
final class ClassReports {

	private ClassReports() {
	}

	static void histogram(Inputs inputs, Report report) throws IOException {
		if (inputs.isProfile(0)) {
			ofProfile(inputs.profile(0), inputs.arguments().top, report);
			return;
		}
		if (inputs.arguments().retained) {
			ofAnalysis(inputs.analyse(0, HeapAnalysis::classes), inputs.arguments().top, report);
			return;
		}
		ofScan(inputs.histogram(0).rows(), inputs.arguments().top, report);
	}

	private static void ofScan(List<ClassHistogram.Row> classes, int top, Report report) {
		Table table = Table.of("classes", "")
			.column("count", "OBJECTS", Kind.COUNT)
			.column("shallowBytes", "SHALLOW", Kind.BYTES)
			.column("className", "CLASS", Kind.CLASS);
		long objects = 0;
		long bytes = 0;
		int shown = shown(classes.size(), top);
		for (int i = 0; i < classes.size(); i++) {
			ClassHistogram.Row each = classes.get(i);
			objects += each.count();
			bytes += each.shallowBytes();
			if (i < shown) {
				table.row(each.count(), each.shallowBytes(), each.className());
			}
		}
		table.leaveOut(classes.size() - shown);
		totals(report, classes.size(), objects, bytes);
		report.table(table);
	}

	private static void ofAnalysis(List<ClassUse> classes, int top, Report report) {
		Table table = Table.of("classes", "")
			.column("count", "OBJECTS", Kind.COUNT)
			.column("shallowBytes", "SHALLOW", Kind.BYTES)
			.column("retainedBytes", "RETAINED", Kind.BYTES)
			.column("unreachableCount", "UNREACHABLE", Kind.COUNT)
			.column("unreachableBytes", "BYTES", Kind.BYTES)
			.column("className", "CLASS", Kind.CLASS);
		long objects = 0;
		long bytes = 0;
		for (ClassUse each : classes) {
			objects += each.count() + each.unreachableCount();
			bytes += each.shallowBytes() + each.unreachableBytes();
		}
		int shown = shown(classes.size(), top);
		for (ClassUse each : classes.subList(0, shown)) {
			table.row(each.count(), each.shallowBytes(), each.retainedBytes(), each.unreachableCount(),
					each.unreachableBytes(), each.className());
		}
		table.leaveOut(classes.size() - shown);
		totals(report, classes.size(), objects, bytes);
		report.table(table);
	}

	private static void ofProfile(HeapProfile profile, int top, Report report) {
		List<ClassCount> classes = profile.classes();
		Table table = Table.of("classes", "")
			.column("count", "OBJECTS", Kind.COUNT)
			.column("shallowBytes", "SHALLOW", Kind.BYTES)
			.column("retainedBytes", "RETAINED", Kind.BYTES)
			.column("className", "CLASS", Kind.CLASS);
		int shown = shown(classes.size(), top);
		for (int i = 0; i < shown; i++) {
			ClassCount each = classes.get(i);
			table.row(each.count(), each.shallowBytes(), Report.known(each.retainedBytes()), each.className());
		}
		table.leaveOut(classes.size() - shown);
		totals(report, classes.size(), profile.totalCount(), profile.totalShallowBytes());
		report.table(table);
	}

	private static void totals(Report report, int classes, long objects, long bytes) {
		report.fact("classCount", "classes", Kind.COUNT, classes)
			.fact("totalCount", "objects", Kind.COUNT, objects)
			.fact("totalShallowBytes", "bytes", Kind.BYTES, bytes);
	}

	/** How many of some rows are shown. */
	static int shown(int size, int top) {
		return (top > 0) ? Math.min(size, top) : size;
	}

	static void loaders(Inputs inputs, Report report) throws IOException {
		List<LoaderUse> loaders = inputs.profile(0).loaders();
		Table table = Table.of("loaders", "")
			.column("count", "LOADERS", Kind.COUNT)
			.column("classCount", "CLASSES", Kind.COUNT)
			.column("instanceCount", "OBJECTS", Kind.COUNT)
			.column("shallowBytes", "SHALLOW", Kind.BYTES)
			.column("retainedBytes", "RETAINED", Kind.BYTES)
			.column("name", "NAME", Kind.CLASS)
			.column("className", "", Kind.CLASS)
			.column("heldBy", "HELD BY", Kind.WORDS);
		int shown = shown(loaders.size(), inputs.arguments().top);
		for (LoaderUse each : loaders.subList(0, shown)) {
			table.row(each.count(), each.classCount(), each.instanceCount(), each.shallowBytes(),
					Report.known(each.retainedBytes()), each.name(), each.className(), each.heldBy());
		}
		table.leaveOut(loaders.size() - shown);
		report.table(table);
		report.note("Shallow: the objects of the loader's classes. Retained: what would be freed without the loader.");
	}

}
