package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ScatteredObjects;
import io.leakwatch.heap.graph.Work;
import io.leakwatch.heap.profile.PrintableName;

/**
 * Reads what the rows of the graph do not have: texts, and the entries of maps whose keys
 * are texts.
 */
final class BeanNames {

	private static final int LONGEST_NAME = 200;

	private final HeapGraph graph;

	private final ScatteredObjects objects;

	BeanNames(HeapGraph graph, Work work) {
		this.graph = graph;
		this.objects = new ScatteredObjects(graph, work, "bean names");
	}

	/** The entries that are in some nodes of maps, by the number of the node. */
	Map<Integer, Entry> entries(Collection<Integer> nodes) throws IOException {
		Map<Long, long[]> references = new HashMap<>();
		this.objects.read(ids(nodes), (id, reader) -> {
			long value = reader.reference("val");
			references.put(id,
					new long[] { reader.reference("key"), (value != 0) ? value : reader.reference("value") });
		});
		Map<Long, String> keys = this.objects.texts(references.values().stream().map((each) -> each[0]).toList());
		Map<Integer, Entry> entries = new HashMap<>();
		references.forEach((id, each) -> {
			String key = keys.get(each[0]);
			int value = this.graph.find(each[1]);
			if (key != null && value >= 0) {
				entries.put(this.graph.find(id), new Entry(PrintableName.of(key, LONGEST_NAME), value));
			}
		});
		return entries;
	}

	/**
	 * The strings that objects have in a field, by the numbers of the objects.
	 */
	Map<Integer, Text> texts(Collection<Integer> owners, String field) throws IOException {
		Map<Long, Long> strings = this.objects.references(ids(owners), field);
		Map<Long, String> read = this.objects.texts(strings.values());
		Map<Integer, Text> texts = new HashMap<>();
		strings.forEach((owner, string) -> {
			String text = read.get(string);
			if (text != null) {
				texts.put(this.graph.find(owner),
						new Text(this.graph.find(string), PrintableName.of(text, LONGEST_NAME)));
			}
		});
		return texts;
	}

	/** The names of the classes of leaves, which the graph does not keep. */
	Map<Integer, String> classNames(Collection<Integer> leaves) throws IOException {
		Map<Integer, String> names = new HashMap<>();
		this.objects.read(ids(leaves), (id, reader) -> {
			HeapClass type = reader.type();
			if (type != null) {
				names.put(this.graph.find(id), type.name());
			}
		});
		return names;
	}

	private List<Long> ids(Collection<Integer> objects) {
		List<Long> ids = new ArrayList<>();
		objects.forEach((object) -> ids.add(this.graph.id(object)));
		return ids;
	}

	/**
	 * An entry of a map.
	 *
	 * @param key the text that is its key, printable
	 * @param value the number of the object that is its value
	 */
	record Entry(String key, int value) {
	}

	/**
	 * A string.
	 *
	 * @param object its number
	 * @param text its text, printable
	 */
	record Text(int object, String text) {
	}

}
