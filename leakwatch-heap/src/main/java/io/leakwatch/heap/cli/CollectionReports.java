package io.leakwatch.heap.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import io.leakwatch.heap.analysis.CollectionUse;
import io.leakwatch.heap.analysis.CollectionUses;
import io.leakwatch.heap.analysis.DuplicateString;
import io.leakwatch.heap.analysis.DuplicateStrings;
import io.leakwatch.heap.analysis.LargeCollection;
import io.leakwatch.heap.analysis.ReferenceQueueUse;
import io.leakwatch.heap.analysis.ReferenceUse;
import io.leakwatch.heap.analysis.ReferenceUses;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.PathTree;
import org.jspecify.annotations.Nullable;

/** Containers, equal strings and reference objects: what a heap has too much of. */
final class CollectionReports {

	private CollectionReports() {
	}

	static void collections(Inputs inputs, Report report) throws IOException {
		int top = inputs.arguments().top;
		if (inputs.isProfile(0)) {
			ofProfile(inputs.profile(0), top, report);
			return;
		}
		inputs.analyseContents(0, (analysis) -> {
			containers(analysis.collections(), top, report);
			strings(analysis.duplicateStrings(), top, report);
			references(analysis.references(), top, report);
			return report;
		});
		report.note("Wasted: the bytes of empty containers and of slots that no entry needs; of strings, the copies. "
				+ "The texts themselves are not shown.");
	}

	private static void containers(CollectionUses uses, int top, Report report) {
		Table classes = Table.of("containers", "Containers by class, the most wasted bytes first")
			.column("wastedBytes", "WASTED", Kind.BYTES)
			.column("shallowBytes", "BYTES", Kind.BYTES)
			.column("count", "CONTAINERS", Kind.COUNT)
			.column("emptyCount", "EMPTY", Kind.COUNT)
			.column("entryCount", "ENTRIES", Kind.COUNT)
			.column("capacity", "SLOTS", Kind.COUNT)
			.column("fill", "USED", Kind.SHARE)
			.column("className", "CLASS", Kind.CLASS);
		classes.rows(uses.classes(), top,
				(each) -> classes.row(each.wastedBytes(), each.shallowBytes(), each.count(), each.emptyCount(),
						each.entryCount(), each.capacity(), (each.capacity() > 0) ? each.fill() : null,
						each.className()));
		Table largest = Table.of("largestContainers", "Containers with the most entries")
			.column("entryCount", "ENTRIES", Kind.COUNT)
			.column("retainedBytes", "RETAINED", Kind.BYTES)
			.column("id", "OBJECT", Kind.TEXT)
			.column("className", "", Kind.CLASS)
			.column("holder", "HELD BY", Kind.WORDS);
		largest.rows(uses.largest(), top, (each) -> largest.row(each.entryCount(), each.retainedBytes(),
				ObjectReports.address(each.id()), each.className(), each.holder()));
		report.table(classes).table(largest);
	}

	private static void strings(DuplicateStrings strings, int top, Report report) {
		Table table = Table.of("duplicateStrings", "Texts that are there more than once")
			.column("wastedBytes", "WASTED", Kind.BYTES)
			.column("count", "COPIES", Kind.COUNT)
			.column("length", "LENGTH", Kind.COUNT)
			.column("exampleId", "ONE OF THEM", Kind.TEXT)
			.column("holder", "MOST HELD BY", Kind.WORDS);
		table.rows(strings.texts(), top, (each) -> table.row(each.wastedBytes(), each.count(), each.length(),
				ObjectReports.address(each.exampleId()), each.holder()));
		report.fact("stringCount", "strings", Kind.COUNT, strings.arrayCount())
			.fact("duplicateStringCount", "  copies", Kind.COUNT, strings.duplicateCount())
			.fact("duplicateStringBytes", "  their bytes", Kind.BYTES, strings.wastedBytes())
			.fact("duplicateStringsAtLeast", "", Kind.TEXT, strings.atLeast())
			.table(table);
		if (strings.atLeast()) {
			report.note("There are too many different strings to keep count of all: there may be more copies.");
		}
	}

	private static void references(ReferenceUses uses, int top, Report report) {
		Table references = Table.of("references", "Soft, weak, phantom and final references")
			.column("count", "REFERENCES", Kind.COUNT)
			.column("enqueuedCount", "IN QUEUE", Kind.COUNT)
			.column("kind", "KIND", Kind.TEXT)
			.column("className", "CLASS", Kind.CLASS)
			.column("referentClassName", "REFER TO", Kind.CLASS);
		references.rows(uses.references(), top, (each) -> references.row(each.count(), each.enqueuedCount(),
				each.kind().name(), each.className(), each.referentClassName()));
		Table queues = Table.of("referenceQueues", "Reference queues that are not empty")
			.column("length", "LENGTH", Kind.COUNT)
			.column("id", "OBJECT", Kind.TEXT)
			.column("className", "", Kind.CLASS)
			.column("holder", "HELD BY", Kind.WORDS);
		List<ReferenceQueueUse> longest = uses.queues();
		queues.rows(longest, top,
				(each) -> queues.row(each.length(), ObjectReports.address(each.id()), each.className(), each.holder()));
		report.fact("pendingFinalizerCount", "pending finalizers", Kind.COUNT, uses.pendingFinalizers())
			.table(references)
			.table(queues);
	}

	/** The containers of a profile, which has them as steps of the merged paths. */
	private static void ofProfile(HeapProfile profile, int top, Report report) {
		PathTree tree = profile.paths();
		long[] entries = new long[tree.size()];
		long[] keys = new long[tree.size()];
		for (int node = 1; node < tree.size(); node++) {
			if (PathTree.ELEMENT.equals(tree.field(node))) {
				entries[tree.parent(node)] += tree.count(node);
			}
			else if (PathTree.KEY.equals(tree.field(node))) {
				keys[tree.parent(node)] += tree.count(node);
			}
		}
		Integer[] order = new Integer[tree.size()];
		int count = 0;
		for (int node = 1; node < tree.size(); node++) {
			entries[node] = Math.max(entries[node], keys[node]);
			if (entries[node] > 0) {
				order[count++] = node;
			}
		}
		Arrays.sort(order, 0, count, (a, b) -> {
			int byEntries = Long.compare(entries[b], entries[a]);
			return (byEntries != 0) ? byEntries : Long.compare(tree.heldBytes(b), tree.heldBytes(a));
		});
		Table table = Table.of("collections", "")
			.column("entryCount", "ENTRIES", Kind.COUNT)
			.column("count", "CONTAINERS", Kind.COUNT)
			.column("heldBytes", "HELD", Kind.BYTES)
			.column("retainedBytes", "RETAINED", Kind.BYTES)
			.column("entryClassName", "", Kind.CLASS)
			.column("className", "", Kind.CLASS)
			.column("holder", "HELD BY", Kind.WORDS)
			.column("path", "", Kind.WORDS);
		int shown = Table.shown(count, top);
		for (int i = 0; i < shown; i++) {
			int node = order[i];
			table.row(entries[node], tree.count(node), tree.heldBytes(node), tree.retainedBytes(node),
					entryClass(tree, node), tree.className(node), holder(tree, node), tree.path(node));
		}
		table.leaveOut(count - shown);
		report.table(table);
		PathReports.addNoteOnHistogram(profile, report);
		report.note(
				"Containers with the same path are one row. Entries count where their shortest path from a root is; those of "
						+ "containers within a container may be counted with its own.");
	}

	/** The class of most entries, {@code null} where none are kept apart. */
	private static @Nullable String entryClass(PathTree tree, int node) {
		String className = null;
		long most = 0;
		for (int rank = 0; rank < tree.childCount(node); rank++) {
			int child = tree.child(node, rank);
			if (tree.isEntry(child) && tree.count(child) > most) {
				most = tree.count(child);
				className = tree.className(child);
			}
		}
		return className;
	}

	/** The holder, ending in the container itself. */
	private static String holder(PathTree tree, int node) {
		String holder = tree.holder(node);
		String className = tree.className(node);
		return holder.endsWith("(" + className + ")") ? holder : holder + " → " + className;
	}

}
