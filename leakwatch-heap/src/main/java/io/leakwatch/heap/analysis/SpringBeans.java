package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.hprof.LongMap;
import io.leakwatch.heap.profile.Steps;

/**
 * The Spring beans of a heap, and what is needed to tell what is a bean's own: a bean is
 * not credited with classes, class loaders, threads, bean factories, contexts and their
 * environment, which it may lead to and which hold everything, nor with other beans.
 */
final class SpringBeans {

	static final String BEAN_FACTORY = "org.springframework.beans.factory.support.DefaultSingletonBeanRegistry";

	/** What leads to everything, and is no bean's own. */
	private static final List<String> BARRIERS = List.of("java.lang.ClassLoader", "java.lang.Thread",
			"java.lang.ThreadGroup", BEAN_FACTORY, "org.springframework.context.support.AbstractApplicationContext",
			"org.springframework.core.env.AbstractEnvironment");

	private final List<SpringBean> all;

	/** The bean that each object is, by its place in the list. */
	private final LongMap byObject = new LongMap();

	private final boolean[] barriers;

	private SpringBeans(List<SpringBean> all, boolean[] barriers) {
		this.all = all;
		this.barriers = barriers;
		for (int i = 0; i < all.size(); i++) {
			for (int object : all.get(i).objects()) {
				this.byObject.put(object, i);
			}
		}
	}

	/** Finds the beans of the bean factories that are reachable. */
	static SpringBeans find(HeapGraph graph, FieldNames fields, DepthFirstTree tree, BeanNames names)
			throws IOException {
		List<HeapClass> classes = graph.classes().all();
		boolean[] factories = new boolean[classes.size()];
		boolean any = false;
		for (HeapClass each : classes) {
			factories[each.index()] = each.isA(BEAN_FACTORY);
			any |= factories[each.index()];
		}
		List<Integer> found = new ArrayList<>();
		for (int object = 0; any && object < graph.innerCount(); object++) {
			if (factories[graph.classNumber(object)] && tree.number(object) != 0) {
				found.add(object);
			}
		}
		if (found.isEmpty()) {
			return new SpringBeans(List.of(), new boolean[classes.size()]);
		}
		boolean[] barriers = barriers(classes, graph.classes().classOfClasses());
		return new SpringBeans(new BeanSearch(graph, fields, tree, names, barriers).run(found), barriers);
	}

	private static boolean[] barriers(List<HeapClass> classes, HeapClass classOfClasses) {
		boolean[] barriers = new boolean[classes.size()];
		for (HeapClass each : classes) {
			barriers[each.index()] = each == classOfClasses || BARRIERS.stream().anyMatch(each::isA);
		}
		return barriers;
	}

	boolean isEmpty() {
		return this.all.isEmpty();
	}

	List<SpringBean> all() {
		return this.all;
	}

	/** The place in the list of the bean that an object is, -1 where it is none. */
	int find(int object) {
		return (int) this.byObject.get(object);
	}

	/** Whether no bean is credited with objects of a class. */
	boolean isBarrier(int classNumber) {
		return this.barriers[classNumber];
	}

	/**
	 * Whether a class is one of the JDK's own, whose static fields the JDK itself fills.
	 */
	static boolean isOfTheJdk(HeapClass type) {
		return type.loaderId() == 0 && Steps.isJdk(type.name());
	}

}
