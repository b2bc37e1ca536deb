package io.leakwatch.heap.graph;

import java.util.ArrayList;
import java.util.List;

import io.leakwatch.heap.graph.ClassHistogram.Row;
import io.leakwatch.heap.hprof.BasicType;
import org.jspecify.annotations.Nullable;

/** The rows of a histogram: what was counted, times the sizes. */
final class HistogramRows {

	private final ClassTable classes;

	private final ObjectLayout layout;

	private final long[] counts;

	private final long[] bytes;

	private HistogramRows(ClassTable classes, ObjectLayout layout) {
		this.classes = classes;
		this.layout = layout;
		this.counts = new long[classes.size()];
		this.bytes = new long[classes.size()];
	}

	static List<Row> of(HistogramScan scan, ClassTable classes, ObjectLayout layout) {
		HistogramRows rows = new HistogramRows(classes, layout);
		for (long id : scan.classIds()) {
			rows.add(scan.objectsOf(id), classes.find(id));
		}
		for (int type = BasicType.BOOLEAN; type <= BasicType.LONG; type++) {
			ClassTally arrays = scan.arraysOf(type);
			rows.add(classes.arrayOf(type), arrays.arrays(), arrays.arrayBytes(type, layout));
		}
		StackChunks stackChunks = scan.stackChunks();
		if (stackChunks != null) {
			HeapClass type = classes.orUnknown(stackChunks.classId());
			scan.stackWords().forEach((words, count) -> {
				long each = layout.stackChunkBytes(type.shape(), words) - type.instanceBytes();
				rows.add(type, 0, count * each);
			});
		}
		return rows.sorted();
	}

	private void add(ClassTally objects, @Nullable HeapClass known) {
		HeapClass type = (known != null) ? known : this.classes.orUnknown(0);
		add(type, objects.instances(), objects.instances() * type.instanceBytes());
		add(type, objects.arrays(), objects.arrayBytes(BasicType.OBJECT, this.layout));
		HeapClass classOfClasses = this.classes.classOfClasses();
		// The static fields are in the object that the class is, so its size is its own.
		long classObjectBytes = (known != null) ? this.layout.classMirrorBytes(classOfClasses.shape(), known.shape())
				: classOfClasses.instanceBytes();
		add(classOfClasses, objects.classObjects(), objects.classObjects() * classObjectBytes);
	}

	private void add(HeapClass type, long count, long shallowBytes) {
		this.counts[type.index()] += count;
		this.bytes[type.index()] += shallowBytes;
	}

	private List<Row> sorted() {
		List<Row> rows = new ArrayList<>();
		for (HeapClass each : this.classes.all()) {
			long count = this.counts[each.index()];
			if (count > 0) {
				rows.add(new Row(each.name(), each.loaderId(), count, this.bytes[each.index()]));
			}
		}
		rows.sort((a, b) -> (a.shallowBytes() != b.shallowBytes()) ? Long.compare(b.shallowBytes(), a.shallowBytes())
				: a.className().compareTo(b.className()));
		return List.copyOf(rows);
	}

}
