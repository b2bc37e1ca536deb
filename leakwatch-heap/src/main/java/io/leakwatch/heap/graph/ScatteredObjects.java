package io.leakwatch.heap.graph;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.leakwatch.heap.hprof.HprofFile.Segment;
import org.jspecify.annotations.Nullable;

/**
 * Reads of some objects from all over a dump: one by one where that is cheap, by one scan
 * of the dump where its order makes single reads slow. So it takes no longer than a scan,
 * whatever JVM wrote the dump.
 */
public final class ScatteredObjects {

	/**
	 * A scan works out the number and the size of each object, a single read does not and
	 * is over halfway on average: so much more a byte does a scan take.
	 */
	private static final int SCAN_COST = 4;

	private final HeapGraph graph;

	private final Work work;

	private final String phase;

	/**
	 * Reads for one purpose.
	 * @param graph the heap
	 * @param work the threads, the cancel signal, who is told
	 * @param phase what the objects are read for
	 */
	public ScatteredObjects(HeapGraph graph, Work work, String phase) {
		this.graph = graph;
		this.work = work;
		this.phase = phase;
	}

	/**
	 * Reads objects.
	 * @param ids their ids; 0, and what is not in the dump, is passed over
	 * @param use is given a reader for each object, one at a time but on any thread
	 * @throws IOException where the dump cannot be read
	 */
	public void read(Collection<Long> ids, Use use) throws IOException {
		ObjectReader reader = this.graph.reader();
		if (singleReadBytes(ids, reader) <= SCAN_COST * dumpBytes()) {
			for (long id : ids) {
				this.work.checkCancelled();
				if (reader.seek(id)) {
					use.use(id, reader);
				}
			}
			return;
		}
		Set<Long> wanted = new HashSet<>(ids);
		this.graph.<ObjectVisitor>visit(this.work, this.phase, () -> (object, type, shallowBytes, record) -> {
			if (wanted.contains(record.id())) {
				synchronized (wanted) {
					use.use(record.id(), reader.at(record, type));
				}
			}
		});
	}

	/** What all single reads may have to walk over. */
	private static long singleReadBytes(Collection<Long> ids, ObjectReader reader) {
		long bytes = 0;
		for (long id : ids) {
			long[] span = reader.span(id);
			bytes += (span != null) ? span[1] - span[0] : 0;
		}
		return bytes;
	}

	private long dumpBytes() {
		long bytes = 0;
		for (Segment each : this.graph.dump().segments()) {
			bytes += each.end() - each.start();
		}
		return bytes;
	}

	/**
	 * The texts of string objects.
	 * @param ids their ids
	 * @return each text by the id of its string, cut after 1024 characters; without those
	 * that are no strings
	 * @throws IOException where the dump cannot be read
	 */
	public Map<Long, String> texts(Collection<Long> ids) throws IOException {
		Map<Long, ObjectReader.Text> places = new HashMap<>();
		Map<Long, ObjectReader.Text> byArray = new HashMap<>();
		read(ids, (id, reader) -> {
			ObjectReader.Text text = reader.text();
			if (text != null) {
				places.put(id, text);
				byArray.put(text.array(), text);
			}
		});
		Map<ObjectReader.Text, String> found = new HashMap<>();
		read(byArray.keySet(), (id, reader) -> {
			ObjectReader.Text text = byArray.get(id);
			String characters = (text != null) ? reader.characters(text) : null;
			if (text != null && characters != null) {
				found.put(text, characters);
			}
		});
		Map<Long, String> texts = new HashMap<>();
		places.forEach((id, text) -> {
			@Nullable String characters = found.get(text);
			if (characters != null) {
				texts.put(id, characters);
			}
		});
		return texts;
	}

	/**
	 * What objects refer to by a field.
	 * @param ids their ids
	 * @param field the name of the field
	 * @return the id of what each refers to, 0 for nothing, by the id of the object
	 * @throws IOException where the dump cannot be read
	 */
	public Map<Long, Long> references(Collection<Long> ids, String field) throws IOException {
		Map<Long, Long> references = new HashMap<>();
		read(ids, (id, reader) -> references.put(id, reader.reference(field)));
		return references;
	}

	/**
	 * The texts that objects have in a field.
	 * @param ids their ids
	 * @param field the name of the field
	 * @return each text by the id of the object that has it, cut after 1024 characters;
	 * without objects that have none
	 * @throws IOException where the dump cannot be read
	 */
	public Map<Long, String> texts(Collection<Long> ids, String field) throws IOException {
		Map<Long, Long> strings = references(ids, field);
		Map<Long, String> read = texts(strings.values());
		Map<Long, String> texts = new HashMap<>();
		strings.forEach((id, string) -> {
			String text = read.get(string);
			if (text != null) {
				texts.put(id, text);
			}
		});
		return texts;
	}

	/** What is done with each object. */
	@FunctionalInterface
	public interface Use {

		/**
		 * Takes what it needs of an object.
		 * @param id the object's id
		 * @param reader a reader that is at the object, to be used here only and not to
		 * be sent to another object
		 * @throws IOException where the dump cannot be read
		 */
		void use(long id, ObjectReader reader) throws IOException;

	}

}
