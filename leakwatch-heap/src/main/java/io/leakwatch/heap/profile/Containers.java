package io.leakwatch.heap.profile;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What is known of containers: which objects are the inner parts of one, and which are
 * what it contains. Goes by rule where names follow one (the collections of the JDK have
 * their nodes as nested classes and their arrays in own fields), and by a table of
 * packages for libraries.
 */
final class Containers {

	private static final String JDK = "java.util.";

	/** Libraries whose containers have nodes of the same package. */
	private static final List<String> LIBRARIES = List.of("com.github.benmanes.caffeine.cache.",
			"com.google.common.cache.", "com.google.common.collect.", "io.netty.util.collection.",
			"io.netty.util.internal.shaded.org.jctools.", "org.jctools.", "it.unimi.dsi.fastutil.",
			"org.eclipse.collections.impl.", "com.carrotsearch.hppc.", "org.agrona.collections.",
			"org.springframework.util.ConcurrentReferenceHashMap");

	/** Libraries that keep nodes of their own in containers of the JDK. */
	private static final Set<String> CACHES = Set.of("com.github.benmanes.caffeine.cache.", "com.google.common.cache.");

	/** Ends of the simple names of the JDK's collections, and helpers like them. */
	private static final List<String> JDK_COLLECTIONS = List.of("Map", "Set", "List", "Deque", "Queue", "Table",
			"Vector", "Stack", "Collection", "Collections", "Arrays", "Properties");

	/** Containers of the JDK that are nested in other classes. */
	private static final List<String> JDK_NESTED = List.of("java.lang.ThreadLocal$ThreadLocalMap",
			"java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue",
			"java.io.ObjectOutputStream$HandleTable", "java.io.ObjectOutputStream$ReplaceTable",
			"java.io.ObjectInputStream$HandleTable");

	private static final Set<String> KEYS = Set.of("key", "k", "k0", "keyReference");

	private static final Set<String> VALUES = Set.of("value", "val", "v", "v0", "item", "element", "e0", "e1",
			"referent");

	private static final List<String> NODES = List.of("Entry", "Node", "Reference");

	/** What containers have for their own use, not for what they contain. */
	private static final List<String> TOOLS = List.of("java.util.concurrent.locks.", "java.util.concurrent.atomic.");

	private Containers() {
	}

	/**
	 * Which kind of container a class belongs to, as the container or as a part of it.
	 * @param className a binary name, of an array too
	 * @return the package prefix of the kind, {@code null} for every other class
	 */
	static @Nullable String family(String className) {
		String name = Steps.elementClass(className);
		if (name.startsWith("java.")) {
			return isOfTheJdk(name) ? JDK : null;
		}
		for (String library : LIBRARIES) {
			if (name.startsWith(library)) {
				return library;
			}
		}
		return null;
	}

	private static boolean isOfTheJdk(String name) {
		for (String nested : JDK_NESTED) {
			if (name.startsWith(nested)) {
				return true;
			}
		}
		int simple = name.lastIndexOf('.') + 1;
		int nested = name.indexOf('$', simple);
		String outer = name.substring(simple, (nested < 0) ? name.length() : nested);
		return switch (name.substring(0, simple)) {
			case "java.util.", "java.util.concurrent." -> JDK_COLLECTIONS.stream().anyMatch(outer::endsWith);
			case "java.util.concurrent.atomic." -> outer.equals("AtomicReferenceArray");
			default -> false;
		};
	}

	/**
	 * What a step is to the container that it starts in.
	 * @param holder the class of the object that refers
	 * @param inside whether that object is an inner part of a container, not one itself
	 * @param container the family of the container, {@code null} where it is not known
	 * yet
	 * @param field how it refers
	 * @param className the class of the object referred to
	 * @return the kind of step
	 */
	static Step step(String holder, boolean inside, @Nullable String container, String field, String className) {
		String family = family(className);
		if (field.equals(PathTree.ELEMENT)) {
			if (!inside) {
				return Step.OUTSIDE;
			}
			boolean ownNode = family != null && (family(holder) != null || isNodeOfCache(container, family));
			return ownNode ? Step.PART : Step.ENTRY;
		}
		String declaring = Steps.declaringClass(field);
		String declaringFamily = family(declaring);
		if (declaringFamily == null) {
			return Step.OUTSIDE;
		}
		String name = Steps.fieldName(field);
		boolean isKey = KEYS.contains(name);
		if (isKey || VALUES.contains(name)) {
			if (JDK.equals(declaringFamily) && isNodeOfCache(container, family)) {
				return Step.PART;
			}
			if (inside && isReferenceOfCache(declaringFamily, className)) {
				return Step.PART;
			}
			if (inside || isWithoutNodes(declaring)) {
				return isKey ? Step.KEY : Step.ENTRY;
			}
			if (NODES.stream().anyMatch(declaring::contains)) {
				return Step.OUTSIDE;
			}
		}
		boolean part = family != null || className.startsWith("[") || className.equals("java.lang.Object")
				|| TOOLS.stream().anyMatch(className::startsWith);
		return part ? Step.PART : Step.OUTSIDE;
	}

	/** Whether a step leads from a set to the map that it keeps its elements in. */
	static boolean isSetOverMap(String field) {
		String declaring = Steps.declaringClass(field);
		return declaring.startsWith(JDK) && (declaring.endsWith("Set") || declaring.endsWith("$CollectionView")
				|| declaring.endsWith("$SetFromMap"));
	}

	private static boolean isNodeOfCache(@Nullable String container, @Nullable String family) {
		return container != null && container.equals(family) && CACHES.contains(container);
	}

	/** Caches wrap keys and values in references of their own. */
	private static boolean isReferenceOfCache(String declaringFamily, String className) {
		return CACHES.contains(declaringFamily) && className.startsWith(declaringFamily)
				&& className.endsWith("Reference");
	}

	/** Small immutable collections have what they contain in their own fields. */
	private static boolean isWithoutNodes(String declaring) {
		return declaring.startsWith("java.util.ImmutableCollections$")
				|| declaring.startsWith("java.util.Collections$");
	}

	/**
	 * What a reference is to the container that it starts in.
	 */
	enum Step {

		/** Nothing of a container's own. */
		OUTSIDE,

		/** To an inner part: a table, a node, a wrapped container. */
		PART,

		/** To what is contained. */
		ENTRY,

		/** To a key. */
		KEY

	}

}
