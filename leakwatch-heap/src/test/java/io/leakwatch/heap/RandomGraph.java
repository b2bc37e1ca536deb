package io.leakwatch.heap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A small object graph made by chance, with the plainest possible answers to what an
 * analysis works out cleverly. The same seed makes the same graph. Nodes are numbered
 * from 0; some may be unreachable, refer to themselves, or refer twice to the same node.
 *
 * <p>
 * The answers cost O(n²) and more: they are for graphs of a few dozen nodes.
 */
public final class RandomGraph {

	/** In place of a dominator: no object dominates the node, only all roots together. */
	public static final int NO_OBJECT = -1;

	/** In place of a dominator or distance: no root reaches the node. */
	public static final int UNREACHABLE = -2;

	private static final int MAXIMUM_SIZE = 60;

	private final long seed;

	private final int[][] references;

	private final int[] roots;

	private boolean @Nullable [][] dominates;

	private RandomGraph(long seed, int[][] references, int[] roots) {
		this.seed = seed;
		this.references = references;
		this.roots = roots;
	}

	/**
	 * A graph of known shape.
	 * @param references for each node those that it refers to
	 * @param roots the nodes that are roots
	 * @return the graph
	 */
	public static RandomGraph of(int[][] references, int... roots) {
		return new RandomGraph(0, Arrays.stream(references).map(int[]::clone).toArray(int[][]::new), roots.clone());
	}

	/**
	 * Graphs of many shapes and sizes.
	 * @param firstSeed the seed of the first one; each has the next number
	 * @param count how many
	 * @return the graphs
	 */
	public static Stream<RandomGraph> seeded(long firstSeed, int count) {
		return IntStream.range(0, count).mapToObj((each) -> seeded(firstSeed + each));
	}

	/**
	 * A graph of 1 to 60 nodes.
	 * @param seed what the graph follows from
	 * @return the graph
	 */
	public static RandomGraph seeded(long seed) {
		Random random = new Random(seed * 0x9e37_79b9_7f4a_7c15L);
		int size = 1 + random.nextInt(MAXIMUM_SIZE);
		List<List<Integer>> references = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			references.add(new ArrayList<>());
		}
		Shape.values()[random.nextInt(Shape.values().length)].connect(references, random);
		if (random.nextInt(3) == 0) {
			addEdges(references, 1 + random.nextInt(3), random);
		}
		int[] names = shuffled(size, random);
		int[][] renamed = new int[size][];
		for (int i = 0; i < size; i++) {
			renamed[names[i]] = references.get(i).stream().mapToInt((target) -> names[target]).toArray();
		}
		int rootCount = random.nextBoolean() ? 1 : 1 + random.nextInt(Math.min(size, 5));
		int[] roots = IntStream.range(0, rootCount)
			.map((each) -> names[(each == 0) ? 0 : random.nextInt(size)])
			.distinct()
			.toArray();
		return new RandomGraph(seed, renamed, roots);
	}

	/**
	 * How many nodes there are.
	 * @return the number of nodes
	 */
	public int size() {
		return this.references.length;
	}

	/**
	 * What a node refers to, in the order of its fields or elements.
	 * @param node the node
	 * @return a copy
	 */
	public int[] references(int node) {
		return this.references[node].clone();
	}

	/**
	 * The nodes that are roots.
	 * @return a copy
	 */
	public int[] roots() {
		return this.roots.clone();
	}

	/**
	 * The nodes that roots reach.
	 * @return for each node whether it is reached
	 */
	public boolean[] reachable() {
		return reachableWithout();
	}

	/**
	 * The shortest way from any root.
	 * @return for each node the number of references on it: 0 for a root,
	 * {@link #UNREACHABLE} where there is none
	 */
	public int[] distances() {
		int[] distances = new int[size()];
		Arrays.fill(distances, UNREACHABLE);
		Queue<Integer> queue = new ArrayDeque<>();
		for (int root : this.roots) {
			distances[root] = 0;
			queue.add(root);
		}
		while (!queue.isEmpty()) {
			int node = queue.remove();
			for (int target : this.references[node]) {
				if (distances[target] == UNREACHABLE) {
					distances[target] = distances[node] + 1;
					queue.add(target);
				}
			}
		}
		return distances;
	}

	/**
	 * Which nodes are gone with which: a node dominates what is unreachable without it.
	 * @return for each node and other node whether the first dominates the second; each
	 * node that is reachable dominates itself
	 */
	public boolean[][] dominates() {
		boolean[][] known = this.dominates;
		if (known != null) {
			return known;
		}
		boolean[] reachable = reachable();
		boolean[][] dominates = new boolean[size()][size()];
		for (int node = 0; node < size(); node++) {
			boolean[] left = reachableWithout(node);
			for (int other = 0; other < size(); other++) {
				dominates[node][other] = reachable[node] && reachable[other] && !left[other];
			}
		}
		this.dominates = dominates;
		return dominates;
	}

	/**
	 * The nearest dominator of each node.
	 * @return for each node the node, {@link #NO_OBJECT} or {@link #UNREACHABLE}
	 */
	public int[] immediateDominators() {
		boolean[] reachable = reachable();
		boolean[][] dominates = dominates();
		int[] depth = new int[size()];
		for (int node = 0; node < size(); node++) {
			for (int other = 0; other < size(); other++) {
				depth[node] += dominates[other][node] ? 1 : 0;
			}
		}
		int[] nearest = new int[size()];
		for (int node = 0; node < size(); node++) {
			nearest[node] = reachable[node] ? NO_OBJECT : UNREACHABLE;
			for (int other = 0; other < size(); other++) {
				// The dominators of a node are a chain: the deepest of them is the
				// nearest.
				if (other != node && dominates[other][node]
						&& (nearest[node] == NO_OBJECT || depth[other] > depth[nearest[node]])) {
					nearest[node] = other;
				}
			}
		}
		return nearest;
	}

	/**
	 * What would be freed with each node.
	 * @param shallowBytes the bytes of each node itself
	 * @return the retained bytes of each node, 0 where it is unreachable
	 */
	public long[] retainedBytes(long[] shallowBytes) {
		boolean[][] dominates = dominates();
		long[] retained = new long[size()];
		for (int node = 0; node < size(); node++) {
			for (int other = 0; other < size(); other++) {
				retained[node] += dominates[node][other] ? shallowBytes[other] : 0;
			}
		}
		return retained;
	}

	/**
	 * What would be freed with several nodes at once.
	 * @param nodes the nodes
	 * @param shallowBytes the bytes of each node itself
	 * @return the bytes retained by the nodes together
	 */
	public long retainedBytes(int[] nodes, long[] shallowBytes) {
		boolean[] reachable = reachable();
		boolean[] left = reachableWithout(nodes);
		long retained = 0;
		for (int node = 0; node < size(); node++) {
			retained += (reachable[node] && !left[node]) ? shallowBytes[node] : 0;
		}
		return retained;
	}

	private boolean[] reachableWithout(int... removed) {
		boolean[] seen = new boolean[size()];
		for (int each : removed) {
			seen[each] = true;
		}
		int[] stack = new int[size()];
		int depth = 0;
		for (int root : this.roots) {
			depth = push(root, seen, stack, depth);
		}
		while (depth > 0) {
			for (int target : this.references[stack[--depth]]) {
				depth = push(target, seen, stack, depth);
			}
		}
		for (int each : removed) {
			seen[each] = false;
		}
		return seen;
	}

	private static int push(int node, boolean[] seen, int[] stack, int depth) {
		if (seen[node]) {
			return depth;
		}
		seen[node] = true;
		stack[depth] = node;
		return depth + 1;
	}

	@Override
	public String toString() {
		return "seed " + this.seed + ", roots " + Arrays.toString(this.roots) + ", references "
				+ Arrays.deepToString(this.references);
	}

	private static int[] shuffled(int size, Random random) {
		int[] numbers = IntStream.range(0, size).toArray();
		for (int i = size - 1; i > 0; i--) {
			int other = random.nextInt(i + 1);
			int number = numbers[i];
			numbers[i] = numbers[other];
			numbers[other] = number;
		}
		return numbers;
	}

	private static void addEdges(List<List<Integer>> references, int count, Random random) {
		for (int i = 0; i < count; i++) {
			references.get(random.nextInt(references.size())).add(random.nextInt(references.size()));
		}
	}

	/** How the nodes are connected, node 0 being a root. */
	private enum Shape {

		/** Any node to any other, with few references: much is unreachable. */
		SPARSE {
			@Override
			void connect(List<List<Integer>> references, Random random) {
				addEdges(references, random.nextInt(references.size() + 1), random);
			}
		},

		/** Any node to any other, around the point where most become reachable. */
		MIDDLING {
			@Override
			void connect(List<List<Integer>> references, Random random) {
				addEdges(references, references.size() + random.nextInt(references.size() + 1), random);
			}
		},

		/** Any node to any other, with many references. */
		DENSE {
			@Override
			void connect(List<List<Integer>> references, Random random) {
				addEdges(references, references.size() * (4 + random.nextInt(5)), random);
			}
		},

		/** Everything reachable, each node from one other, with some shortcuts. */
		TREE {
			@Override
			void connect(List<List<Integer>> references, Random random) {
				for (int i = 1; i < references.size(); i++) {
					references.get(random.nextInt(i)).add(i);
				}
				addEdges(references, random.nextInt(references.size()), random);
			}
		},

		/** A long chain with a few references back and forth. */
		CHAIN {
			@Override
			void connect(List<List<Integer>> references, Random random) {
				for (int i = 1; i < references.size(); i++) {
					references.get(i - 1).add(i);
				}
				addEdges(references, random.nextInt(4), random);
			}
		},

		/** A ladder of diamonds: two ways between each pair of meeting points. */
		DIAMONDS {
			@Override
			void connect(List<List<Integer>> references, Random random) {
				for (int i = 0; i + 3 < references.size(); i += 3) {
					references.get(i).addAll(List.of(i + 1, i + 2));
					references.get(i + 1).add(i + 3);
					references.get(i + 2).add(i + 3);
				}
			}
		},

		/** A doubly linked list that one node refers to, as a container does. */
		LINKED_LIST {
			@Override
			void connect(List<List<Integer>> references, Random random) {
				for (int i = 1; i < references.size(); i++) {
					references.get(i - 1).add(i);
					references.get(i).add(i - 1);
					if (random.nextInt(4) == 0) {
						references.get(i).add(i);
					}
				}
			}
		};

		abstract void connect(List<List<Integer>> references, Random random);

	}

}
