package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.profile.Steps;

/**
 * The beans of a scope: what sessions, requests and other scopes have in a map by the
 * name that a scoped proxy asks for. The proxy and the maps have one string for it, so
 * the maps are found by what refers to that string.
 */
final class ScopedBeans {

	private static final String PROXY = "org.springframework.aop.scope.ScopedProxyFactoryBean";

	private static final String PREFIX = "scopedTarget.";

	private final HeapGraph graph;

	private final DepthFirstTree tree;

	private final BeanNames names;

	private final InnerObjects objects;

	ScopedBeans(HeapGraph graph, DepthFirstTree tree, BeanNames names, InnerObjects objects) {
		this.graph = graph;
		this.tree = tree;
		this.names = names;
		this.objects = objects;
	}

	/** Finds the beans of those scoped proxies that are among the singletons. */
	List<Found> find(Collection<Integer> singletons) throws IOException {
		List<Integer> proxies = singletons.stream()
			.filter((object) -> object < this.graph.innerCount() && this.graph.classOf(object).isA(PROXY))
			.toList();
		Map<Integer, String> byString = new HashMap<>();
		this.names.texts(proxies, "targetBeanName").forEach((proxy, name) -> {
			if (name.text().startsWith(PREFIX) && name.object() >= this.graph.innerCount()) {
				byString.put(name.object(), name.text().substring(PREFIX.length()));
			}
		});
		if (byString.isEmpty()) {
			return List.of();
		}
		Map<Integer, String> byNode = new TreeMap<>();
		byString.forEach((string, name) -> addNode(this.graph.holder(string), name, byNode));
		this.graph.forEachFurtherHolder((leaf, holder, slot) -> {
			String name = byString.get(leaf);
			if (name != null) {
				addNode(holder, name, byNode);
			}
		});
		List<Found> found = new ArrayList<>();
		for (Map.Entry<Integer, String> each : byNode.entrySet()) {
			int value = this.objects.follow(each.getKey(), "val");
			value = (value >= 0) ? value : this.objects.follow(each.getKey(), "value");
			if (value >= 0 && isBean(this.graph.classOf(value))) {
				found.add(new Found(each.getValue(), value));
			}
		}
		return found;
	}

	private void addNode(int holder, String name, Map<Integer, String> byNode) {
		if (holder >= 0 && holder < this.graph.innerCount() && this.tree.number(holder) != 0) {
			HeapClass type = this.graph.classOf(holder);
			if (type.isA("java.util.concurrent.ConcurrentHashMap$Node") || type.isA("java.util.HashMap$Node")) {
				byNode.put(holder, name);
			}
		}
	}

	/** The container has its own books by the same name. */
	private static boolean isBean(HeapClass type) {
		return !Steps.isJdk(type.name()) && !type.name().startsWith("org.springframework.beans.");
	}

	/**
	 * A bean of a scope.
	 *
	 * @param name its name
	 * @param object the number of the object
	 */
	record Found(String name, int object) {
	}

}
