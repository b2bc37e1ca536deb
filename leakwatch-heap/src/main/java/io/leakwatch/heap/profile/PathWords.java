package io.leakwatch.heap.profile;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Puts the steps of a {@link PathTree} into words.
 */
final class PathWords {

	private static final String ARROW = " → ";

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
		int root = container;
		while (tree.parent(root) != PathTree.HEAP) {
			root = tree.parent(root);
		}
		StringBuilder words = new StringBuilder(rootInWords(tree, root));
		if (owner != root && owner != container) {
			words.append(ARROW).append(step(tree, owner));
		}
		if (container != root) {
			words.append(ARROW).append(step(tree, container));
		}
		return words.toString();
	}

	/** The node itself, or the container it is an entry of, at any depth. */
	private static int container(PathTree tree, int node) {
		int container = node;
		while (tree.parent(container) != PathTree.HEAP && !isField(tree, container)) {
			container = tree.parent(container);
		}
		return container;
	}

	private static boolean isField(PathTree tree, int node) {
		return switch (tree.field(node)) {
			case PathTree.ELEMENT, PathTree.KEY, PathTree.REST -> false;
			default -> true;
		};
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

	private static String rootInWords(PathTree tree, int root) {
		String field = tree.field(root);
		boolean named = field.startsWith("thread group '") || field.startsWith("class loader '")
				|| field.startsWith("bean '");
		return named ? field : step(tree, root);
	}

	private static String step(PathTree tree, int node) {
		String className = tree.className(node);
		return className.isEmpty() ? tree.field(node) : tree.field(node) + " (" + className + ")";
	}

}
