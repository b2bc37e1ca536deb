package io.leakwatch.heap.profile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts the steps of a {@link PathTree} into words.
 */
final class PathWords {

	static final String ARROW = " → ";

	private PathWords() {
	}

	static String path(PathTree tree, int node) {
		Deque<String> steps = new ArrayDeque<>();
		for (int step = node; step != PathTree.HEAP; step = tree.parent(step)) {
			steps.addFirst(step(tree, step));
		}
		return String.join(ARROW, steps);
	}

	static String holder(PathTree tree, int node) {
		if (node == PathTree.HEAP) {
			return "";
		}
		int container = container(tree, node);
		int owner = owner(tree, container);
		int root = root(tree, container);
		Set<Integer> steps = new LinkedHashSet<>(List.of(root, user(tree, owner), owner, container));
		return steps.stream()
			.map((step) -> (step == root) ? rootInWords(tree, step) : step(tree, step))
			.collect(Collectors.joining(ARROW));
	}

	/** The node itself, or the container it is an entry of, at any depth. */
	private static int container(PathTree tree, int node) {
		int container = node;
		while (tree.parent(container) != PathTree.HEAP && (tree.isEntry(container) || tree.isRest(container))) {
			container = tree.parent(container);
		}
		return container;
	}

	private static int root(PathTree tree, int node) {
		int root = node;
		while (tree.parent(root) != PathTree.HEAP) {
			root = tree.parent(root);
		}
		return root;
	}

	/**
	 * The nearest field above that is not the JDK's; the container itself where there is
	 * none. What hangs on a thread is the thread's, whoever holds that.
	 */
	private static int owner(PathTree tree, int container) {
		for (int node = container; node != PathTree.HEAP; node = tree.parent(node)) {
			String field = tree.field(node);
			if (Steps.isNamedByApplication(field)) {
				return node;
			}
			if (Steps.declaringClass(field).equals("java.lang.Thread")) {
				break;
			}
		}
		return container;
	}

	/**
	 * Who uses the object that the owner is inside of: the nearest field of another
	 * module, looked for as long as no container lies between. The owner itself where
	 * there is none.
	 */
	private static int user(PathTree tree, int owner) {
		if (!Steps.isNamedByApplication(tree.field(owner))) {
			return owner;
		}
		String module = module(Steps.declaringClass(tree.field(owner)));
		for (int node = owner; node != PathTree.HEAP && !tree.isEntry(node); node = tree.parent(node)) {
			String field = tree.field(node);
			if (Steps.isNamedByApplication(field) && !module(Steps.declaringClass(field)).equals(module)) {
				return node;
			}
		}
		return owner;
	}

	/** The first two parts of a package's name, which most libraries have alone. */
	private static String module(String className) {
		int first = className.indexOf('.');
		int second = className.indexOf('.', first + 1);
		return (second < 0) ? "" : className.substring(0, second);
	}

	private static String rootInWords(PathTree tree, int root) {
		String field = tree.field(root);
		if (field.startsWith("finalizer queue")) {
			return field + " (java.lang.ref.Finalizer)";
		}
		boolean named = field.startsWith("thread group '") || field.startsWith("class loader '")
				|| field.startsWith("bean '");
		return named ? field : step(tree, root);
	}

	private static String step(PathTree tree, int node) {
		String className = tree.className(node);
		return className.isEmpty() ? tree.field(node) : tree.field(node) + " (" + className + ")";
	}

}
