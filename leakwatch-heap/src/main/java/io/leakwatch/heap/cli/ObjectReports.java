package io.leakwatch.heap.cli;

import java.io.IOException;
import java.util.List;

import io.leakwatch.heap.analysis.HeapAnalysis;
import io.leakwatch.heap.analysis.RetainedObject;
import io.leakwatch.heap.analysis.ThreadStack;
import io.leakwatch.heap.profile.ThreadUse;
import org.jspecify.annotations.Nullable;

/** Single objects and threads, which a dump alone has. */
final class ObjectReports {

	private ObjectReports() {
	}

	static void dominators(Inputs inputs, Report report) throws IOException, UsageException {
		if (inputs.isProfile(0)) {
			throw new UsageException(Command.DOMINATORS,
					inputs.file(0) + " is a saved profile, which has no single objects; 'dominators' needs a dump");
		}
		inputs.analyse(0, (analysis) -> {
			dominators(analysis, inputs.arguments().top, report);
			return report;
		});
	}

	private static void dominators(HeapAnalysis analysis, int top, Report report) {
		long whole = analysis.summary().shallowBytes();
		DominatorRows rows = new DominatorRows(analysis.largest());
		int shown = Table.shown(rows.size(), top);
		Table table = Table.of("dominators", "")
			.column("retainedBytes", "RETAINED", Kind.BYTES)
			.column("share", "SHARE", Kind.SHARE)
			.column("chainLength", "CHAIN", Kind.COUNT)
			.column("id", "OBJECT", Kind.TEXT)
			.column("dominatorId", "", Kind.TEXT)
			.column("depth", "", Kind.DEPTH)
			.column("className", "CLASS", Kind.CLASS);
		for (DominatorRows.Row row : rows.largest(shown)) {
			RetainedObject object = row.object();
			table.row(object.retainedBytes(), (double) object.retainedBytes() / Math.max(1, whole), row.chainLength(),
					address(object.id()), (object.dominatorId() != 0) ? address(object.dominatorId()) : null,
					row.depth(), object.className());
		}
		table.leaveOut(rows.size() - shown);
		report.fact("totalShallowBytes", "", Kind.BYTES, whole).table(table);
		report.note("Chain: so many objects of the class in a row, each of which holds little but the next.");
	}

	static String address(long id) {
		return "0x" + Long.toHexString(id);
	}

	static void threads(Inputs inputs, Report report) throws IOException {
		if (inputs.isProfile(0)) {
			groups(inputs.profile(0).threads(), inputs.arguments().top, report);
			return;
		}
		List<ThreadStack> threads = inputs.analyse(0, HeapAnalysis::threads);
		boolean stacks = inputs.arguments().stacks;
		Table table = Table.of("threads", "")
			.column("retainedBytes", "RETAINED", Kind.BYTES)
			.column("localCount", "LOCALS", Kind.COUNT)
			.column("name", "THREAD", Kind.TEXT)
			.column("group", "", Kind.TEXT)
			.column("at", stacks ? "" : "AT", Kind.TEXT)
			.column("id", "", Kind.TEXT)
			.column("frames", stacks ? "STACK" : "", Kind.LINES);
		table.rows(threads, inputs.arguments().top, (each) -> table.row(each.retainedBytes(), each.localCount(),
				each.name(), each.group(), top(each), address(each.id()), each.frames()));
		report.fact("threadCount", "threads", Kind.COUNT, threads.size()).table(table);
	}

	private static @Nullable String top(ThreadStack thread) {
		return thread.frames().isEmpty() ? null : thread.frames().get(0);
	}

	private static void groups(List<ThreadUse> groups, int top, Report report) {
		Table table = Table.of("threadGroups", "")
			.column("retainedBytes", "RETAINED", Kind.BYTES)
			.column("count", "THREADS", Kind.COUNT)
			.column("group", "GROUP", Kind.TEXT);
		long threads = 0;
		for (ThreadUse each : groups) {
			threads += each.count();
		}
		table.rows(groups, top, (each) -> table.row(Report.known(each.retainedBytes()), each.count(), each.group()));
		report.fact("threadCount", "threads", Kind.COUNT, threads).table(table);
	}

}
