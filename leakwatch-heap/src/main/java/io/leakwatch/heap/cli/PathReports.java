package io.leakwatch.heap.cli;

import java.io.IOException;
import java.util.Arrays;

import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.PathTree;

/**
 * What holds the objects: merged paths, and the shortest ones to the objects of a class.
 */
final class PathReports {

	private PathReports() {
	}

	static void paths(Inputs inputs, Report report) throws IOException, UsageException {
		if (inputs.arguments().shortest) {
			ShortestReport.ways(inputs, report);
			return;
		}
		HeapProfile profile = inputs.profile(0);
		PathTree tree = profile.paths();
		String wanted = inputs.arguments().className;
		boolean[] matching = new boolean[tree.size()];
		boolean[] wantedOrBelow = new boolean[tree.size()];
		for (int node = 1; node < tree.size(); node++) {
			matching[node] = wanted != null && matches(wanted, tree.className(node));
			wantedOrBelow[node] = wanted == null || matching[node] || wantedOrBelow[tree.parent(node)];
		}
		Table table = Table.of("paths", "")
			.column("heldBytes", "HELD", Kind.BYTES)
			.column("share", "SHARE", Kind.SHARE)
			.column("retainedBytes", "RETAINED", Kind.BYTES)
			.column("count", "OBJECTS", Kind.COUNT)
			.column("shallowBytes", "", Kind.BYTES)
			.column("depth", "", Kind.DEPTH)
			.column("step", "HELD BY", Kind.WORDS)
			.column("className", "", Kind.CLASS)
			.column("field", "", Kind.WORDS)
			.column("matches", "", Kind.TEXT)
			.column("path", "", Kind.WORDS);
		boolean[] shown = heaviest(tree, wantedOrBelow, inputs.arguments().top, table);
		rows(tree, shown, matching, table);
		report.fact("totalHeldBytes", "", Kind.BYTES, tree.heldBytes(PathTree.HEAP)).table(table);
		if (wanted != null && table.rows().isEmpty()) {
			report.note("No path that the file keeps has the class " + Names.printable(wanted) + ".");
		}
		addNoteOnHistogram(profile, report);
		report.note("Held: counted once, at the shortest path. Retained: what would be freed, however it is reached.");
	}

	/** Marks those of some nodes that hold the most, and all that is above them. */
	private static boolean[] heaviest(PathTree tree, boolean[] nodes, int top, Table table) {
		Integer[] order = new Integer[tree.size()];
		int count = 0;
		for (int node = 1; node < tree.size(); node++) {
			if (nodes[node]) {
				order[count++] = node;
			}
		}
		Arrays.sort(order, 0, count, (a, b) -> {
			int byBytes = Long.compare(tree.heldBytes(b), tree.heldBytes(a));
			return (byBytes != 0) ? byBytes : Integer.compare(a, b);
		});
		boolean[] marked = new boolean[tree.size()];
		int shown = Table.shown(count, top);
		for (int i = 0; i < shown; i++) {
			for (int node = order[i]; node != PathTree.HEAP && !marked[node]; node = tree.parent(node)) {
				marked[node] = true;
			}
		}
		table.leaveOut(count - shown);
		return marked;
	}

	/** The marked nodes, each below its parent, by an explicit stack. */
	private static void rows(PathTree tree, boolean[] shown, boolean[] matching, Table table) {
		int[] ranks = new int[tree.size() + 1];
		int[] nodes = new int[tree.size() + 1];
		int depth = 0;
		nodes[0] = PathTree.HEAP;
		while (depth >= 0) {
			int node = nodes[depth];
			if (ranks[depth] == tree.childCount(node)) {
				depth--;
				continue;
			}
			int child = tree.child(node, ranks[depth]++);
			if (shown[child]) {
				table.row(tree.heldBytes(child), share(tree, child), tree.retainedBytes(child), tree.count(child),
						tree.shallowBytes(child), depth, step(tree, child), tree.className(child), tree.field(child),
						matching[child], tree.path(child));
				depth++;
				nodes[depth] = child;
				ranks[depth] = 0;
			}
		}
	}

	/**
	 * Whether a class is meant by a pattern: the whole name, the simple name where the
	 * pattern has no package, {@code *} for anything.
	 */
	static boolean matches(String pattern, String className) {
		String readable = Names.readable(className);
		if (likens(pattern, className) || likens(pattern, readable)) {
			return true;
		}
		return pattern.indexOf('.') < 0 && likens(pattern, readable.substring(readable.lastIndexOf('.') + 1));
	}

	/** Matches by going back to the last {@code *}, which takes no more than length². */
	private static boolean likens(String pattern, String text) {
		int p = 0;
		int t = 0;
		int star = -1;
		int mark = 0;
		while (t < text.length()) {
			if (p < pattern.length() && pattern.charAt(p) == '*') {
				star = p++;
				mark = t;
			}
			else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
				p++;
				t++;
			}
			else if (star >= 0) {
				p = star + 1;
				mark++;
				t = mark;
			}
			else {
				return false;
			}
		}
		while (p < pattern.length() && pattern.charAt(p) == '*') {
			p++;
		}
		return p == pattern.length();
	}

	static double share(PathTree tree, int node) {
		long whole = tree.heldBytes(PathTree.HEAP);
		return (whole > 0) ? (double) tree.heldBytes(node) / whole : 0;
	}

	/** A node in words: the field and the class. */
	static String step(PathTree tree, int node) {
		String className = tree.className(node);
		if (tree.isRest(node)) {
			return "… (smaller ones)";
		}
		return className.isEmpty() ? tree.field(node) : tree.field(node) + " (" + className + ")";
	}

	static void addNoteOnHistogram(HeapProfile profile, Report report) {
		if (profile.kind() == HeapProfile.Kind.HISTOGRAM) {
			report.note("The file is the profile of a class histogram, which has no paths.");
		}
	}

}
