package io.leakwatch.heap.analysis;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which bean each node of the paths belongs to: the nearest one above it. */
final class BeanNodes {

	private final int[] beans;

	BeanNodes(PathTrie trie, FieldNames fields, List<SpringBean> all) {
		Map<Integer, Integer> byField = new HashMap<>();
		for (int i = 0; i < all.size(); i++) {
			byField.put(fields.number(all.get(i).label()), i);
		}
		this.beans = new int[trie.size()];
		Arrays.fill(this.beans, -1);
		// A parent has a smaller number than its children.
		for (int node = 1; node < this.beans.length && !all.isEmpty(); node++) {
			Integer bean = byField.get(trie.field(node));
			this.beans[node] = (bean != null) ? bean : this.beans[trie.parent(node)];
		}
	}

	/** The place of the bean in the list, -1 where the path leads past none. */
	int bean(int node) {
		return (node >= 0 && node < this.beans.length) ? this.beans[node] : -1;
	}

}
