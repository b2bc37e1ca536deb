package io.leakwatch.heap.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.hprof.HprofFile.Segment;
import io.leakwatch.heap.hprof.RecordCursor;

/** Scans of all records of a heap dump, its segments shared among the threads. */
final class ScanTasks {

	private static final long TASK_BYTES = 4 << 20;

	private final HprofFile file;

	private final List<List<Segment>> tasks = new ArrayList<>();

	ScanTasks(HprofFile file, List<Segment> segments) {
		this.file = file;
		List<Segment> task = new ArrayList<>();
		long bytes = 0;
		for (Segment segment : segments) {
			task.add(segment);
			bytes += segment.end() - segment.start();
			if (bytes >= TASK_BYTES) {
				this.tasks.add(task);
				task = new ArrayList<>();
				bytes = 0;
			}
		}
		if (!task.isEmpty()) {
			this.tasks.add(task);
		}
	}

	/** Returns whether every record was whole. */
	<C extends Scan> boolean run(Work work, String phase, List<C> kept, Work.ContextFactory<C> scans)
			throws IOException {
		List<Scanner<C>> scanners = work.run(phase, this.tasks.size(),
				() -> new Scanner<>(scans.make(), this.file.cursor()), (scanner, task) -> {
					for (Segment segment : this.tasks.get(task)) {
						work.checkCancelled();
						scanner.scan.segment(scanner.cursor.in(segment));
						scanner.incomplete |= scanner.cursor.incomplete();
					}
				});
		boolean whole = true;
		for (Scanner<C> scanner : scanners) {
			kept.add(scanner.scan);
			whole &= !scanner.incomplete;
		}
		return whole;
	}

	/** What a thread does with the records of a segment. */
	interface Scan {

		void segment(RecordCursor records) throws IOException;

	}

	private static final class Scanner<C extends Scan> {

		private final C scan;

		private final RecordCursor cursor;

		private boolean incomplete;

		Scanner(C scan, RecordCursor cursor) {
			this.scan = scan;
			this.cursor = cursor;
		}

	}

}
