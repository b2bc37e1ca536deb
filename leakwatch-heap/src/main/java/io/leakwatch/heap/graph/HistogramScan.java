package io.leakwatch.heap.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.leakwatch.heap.hprof.BasicType;
import io.leakwatch.heap.hprof.ClassRecord;
import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.hprof.LongMap;
import io.leakwatch.heap.hprof.RecordCursor;
import org.jspecify.annotations.Nullable;

/**
 * Counts the objects of each class by the class's id, so that neither the classes nor the
 * layout of objects need be known before.
 */
final class HistogramScan implements ScanTasks.Scan {

	/** The classes' names, where the class of stack chunks is still to be found. */
	private @Nullable HprofFile names;

	private @Nullable StackChunks stackChunks;

	private final @Nullable LayoutSample sample;

	private final LongMap numbers = new LongMap();

	private final List<ClassTally> tallies = new ArrayList<>();

	private final ClassTally[] primitiveArrays = new ClassTally[BasicType.LONG + 1];

	/** How many stack chunks hold so many words of stack. */
	private final Map<Integer, Long> stackWords = new TreeMap<>();

	private final List<ClassRecord> classes = new ArrayList<>();

	private HistogramScan(@Nullable HprofFile names, @Nullable StackChunks stackChunks, @Nullable LayoutSample sample) {
		this.names = names;
		this.stackChunks = stackChunks;
		this.sample = sample;
		for (int i = 0; i < this.primitiveArrays.length; i++) {
			this.primitiveArrays[i] = ClassTally.ofPrimitiveArrays();
		}
	}

	/** One of several scans that share the segments of a dump, in any order. */
	static HistogramScan ofPart(@Nullable StackChunks stackChunks) {
		return new HistogramScan(null, stackChunks, null);
	}

	/**
	 * The only scan of a dump, in the order of the file.
	 * @param names where names are found once they were read
	 * @param sample what is shown the records too
	 */
	static HistogramScan ofAll(HprofFile names, LayoutSample sample) {
		return new HistogramScan(names, null, sample);
	}

	@Override
	public void segment(RecordCursor records) throws IOException {
		boolean sampled = this.sample != null && this.sample.nextSegment();
		ClassTally last = null;
		long lastId = 0;
		StackChunks chunks = null;
		while (records.next()) {
			if (sampled && this.sample != null) {
				sampled = this.sample.add(records);
			}
			switch (records.tag()) {
				case RecordCursor.INSTANCE -> {
					long id = records.classId();
					if (last == null || id != lastId) {
						last = tally(id);
						lastId = id;
						chunks = stackChunksOf(id);
					}
					last.instance();
					if (chunks != null) {
						int words = records.readInt(records.body() + chunks.wordsOffset());
						this.stackWords.merge(words, 1L, Long::sum);
					}
				}
				case RecordCursor.OBJECT_ARRAY -> tally(records.classId()).array(records.length());
				case RecordCursor.PRIMITIVE_ARRAY, RecordCursor.PRIMITIVE_ARRAY_WITHOUT_DATA ->
					this.primitiveArrays[records.elementType()].array(records.length());
				case RecordCursor.CLASS -> {
					this.classes.add(records.readClass());
					tally(records.id()).classObject();
				}
				default -> {
				}
			}
		}
	}

	/** The class of stack chunks if this is it. */
	private @Nullable StackChunks stackChunksOf(long classId) throws IOException {
		if (this.names != null) {
			// With the first instance: HotSpot writes all classes before it.
			this.stackChunks = StackChunks.find(this.classes, this.names);
			this.names = null;
		}
		return (this.stackChunks != null && this.stackChunks.classId() == classId) ? this.stackChunks : null;
	}

	private ClassTally tally(long classId) {
		long number = this.numbers.get(classId);
		if (number != LongMap.MISSING) {
			return this.tallies.get((int) number);
		}
		ClassTally added = ClassTally.ofObjects();
		this.numbers.put(classId, this.tallies.size());
		this.tallies.add(added);
		return added;
	}

	/** Takes what another thread has counted. */
	void add(HistogramScan other) {
		for (long id : other.numbers.keys()) {
			tally(id).add(other.tally(id));
		}
		for (int i = 0; i < this.primitiveArrays.length; i++) {
			this.primitiveArrays[i].add(other.primitiveArrays[i]);
		}
		other.stackWords.forEach((words, count) -> this.stackWords.merge(words, count, Long::sum));
		this.classes.addAll(other.classes);
	}

	/** The ids of the classes that there are objects of, arrays of primitives apart. */
	long[] classIds() {
		return this.numbers.keys();
	}

	ClassTally objectsOf(long classId) {
		return tally(classId);
	}

	ClassTally arraysOf(int elementType) {
		return this.primitiveArrays[elementType];
	}

	@Nullable StackChunks stackChunks() {
		return this.stackChunks;
	}

	Map<Integer, Long> stackWords() {
		return this.stackWords;
	}

	/** The classes that the scan came to, in the order of the file. */
	List<ClassRecord> classes() {
		this.classes.sort(Comparator.comparingLong(ClassRecord::offset));
		return this.classes;
	}

}
