package io.leakwatch.heap.graph;

import java.io.IOException;

import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.hprof.HprofFormatException;
import io.leakwatch.heap.hprof.RecordCursor;
import io.leakwatch.heap.hprof.SegmentReader;
import org.jspecify.annotations.Nullable;

/**
 * Counts a dump of a file that is read once. Which dump is the last is known at the end
 * only, so each is counted, and the one before forgotten.
 */
final class HistogramReader implements SegmentReader {

	private final int dumpNumber;

	private final Work work;

	private @Nullable Counted counted;

	/** Counts one dump of a file, -1 for the last. */
	HistogramReader(int dumpNumber, Work work) {
		this.dumpNumber = dumpNumber;
		this.work = work;
	}

	@Override
	public void segment(HprofFile file, int dump, RecordCursor records, double share) throws IOException {
		this.work.progress("histogram", share);
		if (this.dumpNumber >= 0 && dump != this.dumpNumber) {
			return;
		}
		Counted current = this.counted;
		if (current == null || current.dump != dump) {
			current = new Counted(dump, file);
			this.counted = current;
		}
		if (current.failure != null) {
			return;
		}
		try {
			current.scan.segment(records);
			current.whole &= !records.incomplete();
		}
		catch (HprofFormatException ex) {
			// What is wrong with a dump is of interest only where no other follows.
			current.failure = ex;
		}
	}

	/**
	 * The histogram of the dump; {@code null} where one pass did not do.
	 * @param file the file, read to its end
	 */
	@Nullable ClassHistogram histogram(HprofFile file) throws IOException {
		int dump = file.dump(this.dumpNumber).number();
		Counted last = this.counted;
		if (last == null || last.dump != dump) {
			throw new IllegalStateException("Dump " + dump + " was not shown");
		}
		if (last.failure != null) {
			throw last.failure;
		}
		return ClassHistogram.of(file, last.scan, last.sample, last.whole);
	}

	/** What was counted of one dump. */
	private static final class Counted {

		private final int dump;

		private final LayoutSample sample = new LayoutSample();

		private final HistogramScan scan;

		private boolean whole = true;

		private @Nullable HprofFormatException failure;

		Counted(int dump, HprofFile file) {
			this.dump = dump;
			this.scan = HistogramScan.ofAll(file, this.sample);
		}

	}

}
