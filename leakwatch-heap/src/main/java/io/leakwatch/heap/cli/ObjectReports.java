package io.leakwatch.heap.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.leakwatch.heap.analysis.HeapAnalysis;
import io.leakwatch.heap.analysis.HeapSummary;
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
		HeapSummary summary = analysis.summary();
		List<RetainedObject> largest = analysis.largest();
		int shown = ClassReports.shown(largest.size(), top);
		Map<Long, List<RetainedObject>> below = new HashMap<>();
		Map<Long, RetainedObject> byId = new HashMap<>();
		for (RetainedObject each : largest.subList(0, shown)) {
			byId.put(each.id(), each);
		}
		for (RetainedObject each : largest.subList(0, shown)) {
			long parent = byId.containsKey(each.dominatorId()) ? each.dominatorId() : 0;
			below.computeIfAbsent(parent, (id) -> new ArrayList<>()).add(each);
		}
		Table table = Table.of("dominators", "")
			.column("retainedBytes", "RETAINED", Kind.BYTES)
			.column("share", "SHARE", Kind.SHARE)
			.column("id", "OBJECT", Kind.TEXT)
			.column("dominatorId", "", Kind.TEXT)
			.column("depth", "", Kind.DEPTH)
			.column("className", "CLASS", Kind.CLASS);
		List<List<RetainedObject>> levels = new ArrayList<>();
		List<Integer> ranks = new ArrayList<>();
		levels.add(below.getOrDefault(0L, List.of()));
		ranks.add(0);
		while (!levels.isEmpty()) {
			int depth = levels.size() - 1;
			int rank = ranks.get(depth);
			if (rank == levels.get(depth).size()) {
				levels.remove(depth);
				ranks.remove(depth);
				continue;
			}
			ranks.set(depth, rank + 1);
			RetainedObject object = levels.get(depth).get(rank);
			double share = (double) object.retainedBytes() / Math.max(1, summary.shallowBytes());
			table.row(object.retainedBytes(), share, address(object.id()),
					(object.dominatorId() != 0) ? address(object.dominatorId()) : null, depth, object.className());
			levels.add(below.getOrDefault(object.id(), List.of()));
			ranks.add(0);
		}
		table.leaveOut(largest.size() - shown);
		report.fact("totalShallowBytes", "", Kind.BYTES, summary.shallowBytes()).table(table);
	}

	private static String address(long id) {
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
		int shown = ClassReports.shown(threads.size(), inputs.arguments().top);
		for (ThreadStack each : threads.subList(0, shown)) {
			table.row(each.retainedBytes(), each.localCount(), each.name(), each.group(), top(each), address(each.id()),
					each.frames());
		}
		table.leaveOut(threads.size() - shown);
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
		int shown = ClassReports.shown(groups.size(), top);
		long threads = 0;
		for (ThreadUse each : groups) {
			threads += each.count();
		}
		for (ThreadUse each : groups.subList(0, shown)) {
			table.row(Report.known(each.retainedBytes()), each.count(), each.group());
		}
		table.leaveOut(groups.size() - shown);
		report.fact("threadCount", "threads", Kind.COUNT, threads).table(table);
	}

}
