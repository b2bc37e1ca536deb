package io.leakwatch.heap.graph;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.heap.hprof.ClassRecord;
import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.hprof.HprofFile.Dump;
import io.leakwatch.heap.memory.Memory;
import org.jspecify.annotations.Nullable;

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
	 * Reads the histogram of a dump. A compressed file is read once, front to back,
	 * without a copy of it.
	 * @param path the file
	 * @param dumpNumber which of its dumps, 0 for the oldest; -1 for the last
	 * @param memory what keeps the file's names
	 * @param work the threads, the cancel signal, who is told
	 * @return the histogram
	 * @throws IOException where the file cannot be read;
	 * {@link io.leakwatch.heap.hprof.HprofFormatException} where it is damaged
	 */
	public static ClassHistogram read(Path path, int dumpNumber, Memory memory, Work work) throws IOException {
		if (HprofFile.isCompressed(path)) {
			HistogramReader reader = new HistogramReader(dumpNumber, work);
			HprofFile file = HprofFile.readOnce(path, memory, reader);
			ClassHistogram histogram = reader.histogram(file);
			if (histogram != null) {
				return histogram;
			}
		}
		HprofFile file = HprofFile.open(path, memory);
		return read(file, file.dump(dumpNumber), work);
	}

	/**
	 * Reads the histogram of a dump in a file that is open.
	 * @param file the file
	 * @param dump which of its dumps
	 * @param work the threads, the cancel signal, who is told
	 * @return the histogram
	 * @throws IOException where the file cannot be read;
	 * {@link io.leakwatch.heap.hprof.HprofFormatException} where it is damaged
	 */
	public static ClassHistogram read(HprofFile file, Dump dump, Work work) throws IOException {
		ScanTasks scans = new ScanTasks(file, dump.segments());
		List<ClassRecord> classes = FirstClasses.read(file, dump);
		LayoutSample sample = LayoutSample.read(file, dump.segments());
		for (;;) {
			StackChunks stackChunks = StackChunks.find(classes, file);
			List<HistogramScan> kept = new ArrayList<>();
			boolean whole = scans.run(work, "histogram", kept, () -> HistogramScan.ofPart(stackChunks));
			HistogramScan sum = kept.get(0);
			kept.subList(1, kept.size()).forEach(sum::add);
			ClassHistogram histogram = of(file, sum, sample, whole);
			if (histogram != null) {
				return histogram;
			}
			classes = sum.classes();
		}
	}

	/**
	 * Puts together what was counted; {@code null} where it must be counted again, since
	 * the class of stack chunks came after its objects.
	 */
	static @Nullable ClassHistogram of(HprofFile file, HistogramScan scan, LayoutSample sample, boolean whole)
			throws IOException {
		List<ClassRecord> records = scan.classes();
		StackChunks stackChunks = StackChunks.find(records, file);
		if (stackChunks != null && !stackChunks.equals(scan.stackChunks())
				&& scan.objectsOf(stackChunks.classId()).instances() > 0) {
			return null;
		}
		ClassTable classes = new ClassTable(file, records);
		ObjectLayout layout = sample.infer(file, classes);
		classes.measure(layout);
		List<String> damage = new ArrayList<>(file.damage());
		if (!whole) {
			damage.add("the last heap dump record is not whole and was left out");
		}
		return new ClassHistogram(layout.describe(), HistogramRows.of(scan, classes, layout), List.copyOf(damage));
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
