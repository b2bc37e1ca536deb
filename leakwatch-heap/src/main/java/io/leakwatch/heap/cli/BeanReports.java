package io.leakwatch.heap.cli;

import java.io.IOException;
import java.util.List;

import io.leakwatch.heap.diff.BeanDelta;
import io.leakwatch.heap.profile.BeanUse;
import io.leakwatch.heap.profile.HeapProfile;

/** What a heap has by Spring bean. */
final class BeanReports {

	private BeanReports() {
	}

	static void beans(Inputs inputs, Report report) throws IOException {
		HeapProfile profile = inputs.profile(0);
		List<BeanUse> beans = profile.beans();
		Table table = Table.of("beans", "")
			.column("heldBytes", "HELD", Kind.BYTES)
			.column("retainedBytes", "RETAINED", Kind.BYTES)
			.column("sharedBytes", "SHARED", Kind.BYTES)
			.column("count", "OBJECTS", Kind.COUNT)
			.column("scope", "", Kind.TEXT)
			.column("name", "", Kind.TEXT)
			.column("context", "", Kind.TEXT)
			.column("label", "BEAN", Kind.WORDS)
			.column("className", "CLASS", Kind.CLASS);
		int shown = ClassReports.shown(beans.size(), inputs.arguments().top);
		for (BeanUse each : beans.subList(0, shown)) {
			table.row(each.heldBytes(), Report.known(each.retainedBytes()), Report.known(each.sharedBytes()),
					each.count(), each.scope().name(), each.name(), each.context(), each.label(), each.className());
		}
		table.leaveOut(beans.size() - shown);
		report.table(table);
		PathReports.addNoteOnHistogram(profile, report);
		report.note("Held: by paths that begin at the bean, each object counted once. Retained: what the bean alone "
				+ "holds and would be freed with it. Shared: what it leads to and others hold too.");
	}

	static Table changes(List<BeanDelta> beans, String title, int top) {
		Table table = Table.of("beans", title)
			.column("heldBytesDelta", "HELD", Kind.MORE_BYTES)
			.column("shareOfGrowth", "SHARE", Kind.SHARE)
			.column("retainedBytesDelta", "RETAINED", Kind.MORE_BYTES)
			.column("sharedBytesDelta", "", Kind.MORE_BYTES)
			.column("heldBytesBefore", "", Kind.BYTES)
			.column("heldBytesAfter", "", Kind.BYTES)
			.column("retainedBytesBefore", "", Kind.BYTES)
			.column("retainedBytesAfter", "", Kind.BYTES)
			.column("sharedBytesBefore", "", Kind.BYTES)
			.column("sharedBytesAfter", "", Kind.BYTES)
			.column("countDelta", "", Kind.MORE)
			.column("name", "", Kind.TEXT)
			.column("label", "BEAN", Kind.WORDS)
			.column("className", "CLASS", Kind.CLASS)
			.column("grownHolder", "", Kind.WORDS);
		int shown = ClassReports.shown(beans.size(), top);
		for (BeanDelta each : beans.subList(0, shown)) {
			table.row(each.heldBytesDelta(), each.shareOfGrowth(), each.retainedBytesDelta(), each.sharedBytesDelta(),
					each.before().heldBytes(), each.after().heldBytes(), Report.known(each.before().retainedBytes()),
					Report.known(each.after().retainedBytes()), Report.known(each.before().sharedBytes()),
					Report.known(each.after().sharedBytes()), each.countDelta(), each.name(), each.label(),
					each.className(), (each.grown() != null) ? each.grown().holder() : null);
		}
		table.leaveOut(beans.size() - shown);
		return table;
	}

}
