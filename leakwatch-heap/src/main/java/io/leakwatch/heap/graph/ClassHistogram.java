package io.leakwatch.heap.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.heap.hprof.ClassRecord;
import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.hprof.HprofFile.Dump;

/**
 * How many instances each class has in a dump, and their bytes: one scan of the records,
 * nothing kept of any object. Objects that no root leads to are counted too, as the JVM's
 * own {@code GC.class_histogram -all} does.
 *
 * @param layout how the JVM laid its objects out, in words
 * @param rows the classes that have instances, the most bytes first
 * @param damage what is missing from the dump, in sentences
 */
public record ClassHistogram(String layout, List<Row> rows, List<String> damage) {

	/**
	 * Reads the histogram of a dump.
	 * @param file the file
	 * @param dump which of its dumps
	 * @param work the threads, the cancel signal, who is told
	 * @return the histogram
	 * @throws IOException where the file cannot be read;
	 * {@link io.leakwatch.heap.hprof.HprofFormatException} where it is damaged
	 */
	public static ClassHistogram read(HprofFile file, Dump dump, Work work) throws IOException {
		List<ClassRecord> records = FirstClasses.read(file, dump);
		ScanTasks scans = new ScanTasks(file, dump.segments());
		for (;;) {
			ClassTable classes = new ClassTable(file, records);
			ObjectLayout layout = LayoutScan.infer(file, dump.segments(), classes);
			classes.measure(layout);
			ObjectSizes sizes = new ObjectSizes(layout, classes, file);
			List<HistogramScan> kept = new ArrayList<>();
			boolean whole = scans.run(work, "histogram", kept, () -> new HistogramScan(classes, layout, sizes));
			int before = records.size();
			for (HistogramScan scan : kept) {
				records.addAll(scan.lateClasses());
			}
			if (records.size() == before) {
				List<String> damage = new ArrayList<>(file.damage());
				if (!whole) {
					damage.add("the last heap dump record is not whole and was left out");
				}
				return new ClassHistogram(layout.describe(), rows(classes, kept), List.copyOf(damage));
			}
		}
	}

	private static List<Row> rows(ClassTable classes, List<HistogramScan> scans) {
		List<Row> rows = new ArrayList<>();
		for (HeapClass each : classes.all()) {
			long count = 0;
			long bytes = 0;
			for (HistogramScan scan : scans) {
				count += scan.count(each.index());
				bytes += scan.bytes(each.index());
			}
			if (count > 0) {
				rows.add(new Row(each.name(), each.loaderId(), count, bytes + count * each.instanceBytes()));
			}
		}
		rows.sort((a, b) -> (a.shallowBytes != b.shallowBytes) ? Long.compare(b.shallowBytes, a.shallowBytes)
				: a.className.compareTo(b.className));
		return List.copyOf(rows);
	}

	/**
	 * A class and its instances.
	 *
	 * @param className its name
	 * @param loaderId its class loader, 0 for the boot loader
	 * @param count how many instances
	 * @param shallowBytes their bytes
	 */
	public record Row(String className, long loaderId, long count, long shallowBytes) {
	}

}
