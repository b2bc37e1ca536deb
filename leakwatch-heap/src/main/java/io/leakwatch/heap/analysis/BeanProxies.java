package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ReferenceRows;

/**
 * Sees through the proxies that Spring puts before beans: those of the JDK and those that
 * are generated subclasses, one around another too.
 */
final class BeanProxies {

	private static final int MOST_PROXIES = 16;

	private static final String GENERATED = "CGLIB$$";

	/** The fields that lead from a proxy towards its target. */
	private static final Set<String> TOWARDS = Set.of("h", "advised", "targetSource");

	private static final String TARGET = "target";

	private static final String SPRING = "org.springframework.";

	private static final String CALLBACK = "CGLIB$CALLBACK_";

	private final HeapGraph graph;

	private final InnerObjects objects;

	BeanProxies(HeapGraph graph, InnerObjects objects) {
		this.graph = graph;
		this.objects = objects;
	}

	/** An object and, where it is a proxy, what is behind it, the target last. */
	List<Integer> behind(int object) throws IOException {
		List<Integer> chain = new ArrayList<>(List.of(object));
		int last = object;
		while (isProxy(last) && chain.size() <= MOST_PROXIES) {
			int target = target(last);
			if (target < 0 || chain.contains(target)) {
				break;
			}
			chain.add(target);
			last = target;
		}
		return chain;
	}

	private boolean isProxy(int object) {
		HeapClass type = this.graph.classOf(object);
		return type.name().contains(GENERATED) || type.isA("java.lang.reflect.Proxy");
	}

	/** A few steps by fields of those names alone, nearest first. */
	private int target(int proxy) throws IOException {
		List<Integer> open = new ArrayList<>(List.of(proxy));
		ReferenceRows rows = this.graph.rows();
		for (int i = 0; i < open.size() && i < MOST_PROXIES; i++) {
			int object = open.get(i);
			for (int place = rows.start(object); place != 0; place = rows.next(place)) {
				String field = this.objects.field(object, rows.slot(place));
				int next = rows.target(place);
				if (field.equals(TARGET) && this.graph.classOf(object).name().startsWith(SPRING)) {
					return next;
				}
				if ((TOWARDS.contains(field) || (object == proxy && field.startsWith(CALLBACK)))
						&& !open.contains(next)) {
					open.add(next);
				}
			}
		}
		return -1;
	}

	/**
	 * What a person calls the class: of a generated subclass the class it extends, of a
	 * proxy of the JDK without a target its handler's.
	 */
	String className(int object) throws IOException {
		HeapClass type = this.graph.classOf(object);
		if (type.isA("java.lang.reflect.Proxy")) {
			int handler = this.objects.follow(object, "h");
			return (handler >= 0) ? this.graph.classOf(handler).name() : type.name();
		}
		HeapClass superclass = type.superclass();
		while (type.name().contains(GENERATED) && superclass != null) {
			type = superclass;
			superclass = type.superclass();
		}
		return type.name();
	}

}
