package io.leakwatch.heap.hprof;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The parts of a dump file as {@link HprofWriter} collects them, and the order in which
 * they are written.
 */
final class HprofAssembly {

	private static final long EPOCH_MILLIS = 1_767_225_600_000L;

	private final String header;

	private final int idSize;

	/** String records: text to identifier. */
	final Map<String, Long> names = new LinkedHashMap<>();

	/** All classes, each with the identifier of its name. */
	final Map<SyntheticClass, Long> classes = new LinkedHashMap<>();

	final List<SyntheticThread> threads = new ArrayList<>();

	final List<Consumer<HprofRecordWriter>> before = new ArrayList<>();

	final List<Consumer<HprofRecordWriter>> after = new ArrayList<>();

	private final List<Dump> dumps = new ArrayList<>();

	int segmentBytes;

	boolean stickyClasses = true;

	boolean namesLast;

	List<HprofPart> order = List.of(HprofPart.CLASSES, HprofPart.ROOTS, HprofPart.OBJECTS);

	HprofAssembly(String header, int idSize) {
		this.header = header;
		this.idSize = idSize;
		beginDump();
	}

	void beginDump() {
		this.dumps.add(new Dump(new ArrayList<>(), new ArrayList<>()));
	}

	Dump current() {
		return this.dumps.get(this.dumps.size() - 1);
	}

	void writeTo(OutputStream out) {
		HprofRecordWriter records = new HprofRecordWriter(out, this.idSize);
		records.header(this.header, EPOCH_MILLIS);
		if (!this.namesLast) {
			writeNames(records);
		}
		this.before.forEach((each) -> each.accept(records));
		for (Dump each : this.dumps) {
			writeDump(each, records);
		}
		if (this.namesLast) {
			writeNames(records);
		}
		this.after.forEach((each) -> each.accept(records));
	}

	private void writeNames(HprofRecordWriter records) {
		this.names.forEach((text, id) -> records.string(id, text));
		this.classes.forEach((type, nameId) -> records.loadClass(type.serial(), type.id(), nameId));
		records.trace(1, 0);
		this.threads.forEach((each) -> each.writeTo(records));
	}

	private void writeDump(Dump dump, HprofRecordWriter records) {
		HprofSegmentWriter segment = new HprofSegmentWriter(this.idSize);
		for (HprofPart part : this.order) {
			for (Consumer<HprofSegmentWriter> each : subRecords(part, dump)) {
				each.accept(segment);
				if (this.segmentBytes > 0 && segment.bytes().size() >= this.segmentBytes) {
					records.heapDumpSegment(segment);
					segment.bytes().clear();
				}
			}
		}
		if (this.segmentBytes == 0) {
			records.heapDump(segment);
			return;
		}
		if (segment.bytes().size() > 0) {
			records.heapDumpSegment(segment);
		}
		records.heapDumpEnd();
	}

	private List<Consumer<HprofSegmentWriter>> subRecords(HprofPart part, Dump dump) {
		return switch (part) {
			case CLASSES ->
				this.classes.keySet().stream().<Consumer<HprofSegmentWriter>>map((each) -> each::writeTo).toList();
			case ROOTS -> roots(dump);
			case OBJECTS -> dump.objects();
		};
	}

	private List<Consumer<HprofSegmentWriter>> roots(Dump dump) {
		List<Consumer<HprofSegmentWriter>> roots = new ArrayList<>(dump.roots());
		if (this.stickyClasses) {
			for (SyntheticClass each : this.classes.keySet()) {
				if (each.loader() == null) {
					roots.add((segment) -> segment.root(SyntheticRoot.STICKY_CLASS, each.id(), 0, -1));
				}
			}
		}
		return roots;
	}

	/** The objects and the roots of one dump of the file. */
	record Dump(List<Consumer<HprofSegmentWriter>> objects, List<Consumer<HprofSegmentWriter>> roots) {

	}

}
