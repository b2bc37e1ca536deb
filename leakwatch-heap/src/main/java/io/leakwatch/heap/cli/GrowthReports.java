package io.leakwatch.heap.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.heap.diff.ClassDelta;
import io.leakwatch.heap.diff.Growth;
import io.leakwatch.heap.diff.HeapDiff;
import io.leakwatch.heap.diff.LoaderDelta;
import io.leakwatch.heap.diff.PathDelta;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.suspect.LeakSuspect;
import io.leakwatch.heap.suspect.LeakSuspects;

/** What grew, and what is likely to leak. */
final class GrowthReports {

	private GrowthReports() {
	}

	static void suspects(Inputs inputs, Report report) throws IOException {
		List<LeakSuspect> suspects;
		if (inputs.arguments().files.size() == 1) {
			HeapProfile profile = inputs.profile(0);
			suspects = LeakSuspects.of(profile);
			PathReports.addNoteOnHistogram(profile, report);
			report.note("One heap does not tell a leak from what is meant to stay: compare two, in the order of time.");
		}
		else {
			HeapProfile before = inputs.profile(0);
			HeapProfile after = inputs.profile(1);
			suspects = LeakSuspects.of(HeapDiff.between(before, after));
			profiles(inputs, List.of(before, after), report);
			addNoteOnPaths(List.of(before, after), report);
		}
		Table table = Table.ofParagraphs("suspects", "Suspects, the likeliest first")
			.column("title", "SUSPECT", Kind.TEXT)
			.column("kind", "", Kind.TEXT)
			.column("className", "class", Kind.CLASS)
			.column("holder", "holder", Kind.WORDS)
			.column("path", "path", Kind.WORDS)
			.column("count", "objects", Kind.COUNT)
			.column("heldBytes", "held", Kind.BYTES)
			.column("retainedBytes", "retained", Kind.BYTES)
			.column("share", "", Kind.SHARE)
			.column("score", "", Kind.SHARE);
		int shown = ClassReports.shown(suspects.size(), inputs.arguments().top);
		for (LeakSuspect each : suspects.subList(0, shown)) {
			table.row(each.title(), each.kind().name(), each.className(), each.holder(), each.path(), each.count(),
					each.heldBytes(), Report.known(each.retainedBytes()), each.share(), each.score());
		}
		table.leaveOut(suspects.size() - shown);
		report.table(table);
	}

	static void diff(Inputs inputs, Report report) throws IOException {
		List<HeapProfile> profiles = new ArrayList<>();
		for (int i = 0; i < inputs.arguments().files.size(); i++) {
			profiles.add(inputs.profile(i));
		}
		int top = inputs.arguments().top;
		profiles(inputs, profiles, report);
		if (profiles.size() == 2) {
			HeapDiff diff = HeapDiff.between(profiles.get(0), profiles.get(1));
			report.table(paths(diff.paths(), "Places that have grown", top));
			if (!diff.beans().isEmpty()) {
				report.table(BeanReports.changes(diff.beans(), "Beans that have changed", top));
			}
			report.table(classes(diff.classes(), "Classes that have changed", top));
			report.table(loaders(diff.loaders(), top));
		}
		else {
			Growth growth = Growth.inEveryInterval(profiles);
			report.table(paths(growth.paths(), "Places that kept growing", top));
			if (!growth.beans().isEmpty()) {
				report.table(BeanReports.changes(growth.beans(), "Beans that kept growing", top));
			}
			report.table(classes(growth.classes(), "Classes that kept growing", top));
		}
		addNoteOnPaths(profiles, report);
	}

	private static void profiles(Inputs inputs, List<HeapProfile> profiles, Report report) {
		Table table = Table.of("files", "")
			.column("takenAt", "TAKEN AT", Kind.TEXT)
			.column("totalCount", "OBJECTS", Kind.COUNT)
			.column("totalShallowBytes", "BYTES", Kind.BYTES)
			.column("file", "FILE", Kind.TEXT)
			.column("title", "", Kind.TEXT);
		for (int i = 0; i < profiles.size(); i++) {
			HeapProfile each = profiles.get(i);
			table.row(each.takenAt().toString(), each.totalCount(), each.totalShallowBytes(), inputs.file(i).toString(),
					each.title());
		}
		report.table(table);
		for (int i = 1; i < profiles.size(); i++) {
			if (profiles.get(i).takenAt().isBefore(profiles.get(i - 1).takenAt())) {
				report.note(
						"The files are not in the order of time: " + inputs.file(i) + " is older than the one before.");
				return;
			}
		}
	}

	private static void addNoteOnPaths(List<HeapProfile> profiles, Report report) {
		for (HeapProfile each : profiles) {
			if (each.kind() == HeapProfile.Kind.HISTOGRAM) {
				report.note("A class histogram is among the files: it has no paths to compare.");
				return;
			}
		}
	}

	private static Table paths(List<PathDelta> paths, String title, int top) {
		Table table = Table.of("paths", title)
			.column("heldBytesDelta", "HELD", Kind.MORE_BYTES)
			.column("shareOfGrowth", "SHARE", Kind.SHARE)
			.column("countDelta", "OBJECTS", Kind.MORE)
			.column("heldBytesBefore", "", Kind.BYTES)
			.column("heldBytesAfter", "", Kind.BYTES)
			.column("retainedBytesBefore", "", Kind.BYTES)
			.column("retainedBytesAfter", "", Kind.BYTES)
			.column("countBefore", "", Kind.COUNT)
			.column("countAfter", "", Kind.COUNT)
			.column("className", "OF CLASS", Kind.WORDS)
			.column("holder", "HELD BY", Kind.WORDS)
			.column("path", "", Kind.WORDS);
		int shown = ClassReports.shown(paths.size(), top);
		for (PathDelta each : paths.subList(0, shown)) {
			table.row(each.heldBytesDelta(), each.shareOfGrowth(), each.countDelta(), each.heldBytesBefore(),
					each.heldBytesAfter(), each.retainedBytesBefore(), each.retainedBytesAfter(), each.countBefore(),
					each.countAfter(), each.className(), each.holder(), each.path());
		}
		table.leaveOut(paths.size() - shown);
		return table;
	}

	private static Table classes(List<ClassDelta> classes, String title, int top) {
		Table table = Table.of("classes", title)
			.column("shallowBytesDelta", "BYTES", Kind.MORE_BYTES)
			.column("countDelta", "OBJECTS", Kind.MORE)
			.column("countBefore", "BEFORE", Kind.COUNT)
			.column("countAfter", "AFTER", Kind.COUNT)
			.column("shallowBytesBefore", "", Kind.BYTES)
			.column("shallowBytesAfter", "", Kind.BYTES)
			.column("className", "CLASS", Kind.CLASS);
		int shown = ClassReports.shown(classes.size(), top);
		for (ClassDelta each : classes.subList(0, shown)) {
			table.row(each.shallowBytesDelta(), each.countDelta(), each.countBefore(), each.countAfter(),
					each.shallowBytesBefore(), each.shallowBytesAfter(), each.className());
		}
		table.leaveOut(classes.size() - shown);
		return table;
	}

	private static Table loaders(List<LoaderDelta> loaders, int top) {
		Table table = Table.of("loaders", "Class loaders that have changed")
			.column("countDelta", "LOADERS", Kind.MORE)
			.column("classCountDelta", "CLASSES", Kind.MORE)
			.column("shallowBytesDelta", "SHALLOW", Kind.MORE_BYTES)
			.column("retainedBytesDelta", "RETAINED", Kind.MORE_BYTES)
			.column("shareOfGrowth", "", Kind.SHARE)
			.column("name", "NAME", Kind.CLASS)
			.column("className", "CLASS", Kind.CLASS)
			.column("heldBy", "", Kind.WORDS);
		int shown = ClassReports.shown(loaders.size(), top);
		for (LoaderDelta each : loaders.subList(0, shown)) {
			table.row(each.countDelta(), each.classCountDelta(), each.shallowBytesDelta(), each.retainedBytesDelta(),
					each.shareOfGrowth(), each.name(), each.className(), each.after().heldBy());
		}
		table.leaveOut(loaders.size() - shown);
		return table;
	}

}
