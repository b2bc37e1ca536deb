package io.leakwatch.core.profile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Chains of one beginning, merged.
 *
 * <p>
 * Things pile up where few objects hold many: going down by the heaviest steps, the
 * number of different objects passed makes its largest jump there. Of a map with a
 * thousand orders, all chains pass the map and its table, and each another node; of eight
 * threads with a list each, eight lists, and each chain another slot. Virtual threads are
 * many themselves.
 */
final class HolderTree {

	static final String ARROW = " → ";

	private final Node root;

	private HolderTree(ChainBeginning beginning) {
		this.root = new Node(null, null, beginning);
	}

	static HolderTree of(ChainBeginning beginning) {
		return new HolderTree(beginning);
	}

	void add(FoldedChain chain, double weight) {
		Node node = this.root;
		node.pass(weight, chain.object(0));
		for (int i = 0; i < chain.steps().size(); i++) {
			node = node.child(chain.steps().get(i));
			node.pass(weight, chain.object(i + 1));
		}
	}

	double weight() {
		return this.root.weight;
	}

	/** Where most of it piles up. */
	Point point() {
		Node above = this.root;
		int largest = this.root.beginning.words().equals(ChainBeginning.VIRTUAL_THREADS) ? this.root.objects.size() - 1
				: 0;
		Node point = (largest > 0) ? this.root : null;
		Node container = null;
		for (Node child = this.root.heaviest(); child != null; child = child.heaviest()) {
			int jump = child.objects.size() - above.objects.size();
			if (jump > largest) {
				largest = jump;
				point = child;
			}
			if (container == null && child.isSlot()) {
				container = child;
			}
			above = child;
		}
		Node found = (point != null) ? point : (container != null) ? container : above;
		return new Point(found.path(), found.inWords(), point != null);
	}

	/**
	 * Where things pile up.
	 *
	 * @param path the steps down to it
	 * @param words the holder in words
	 * @param pilesUp whether few objects hold many there
	 */
	record Point(List<HolderStep> path, String words, boolean pilesUp) {

		boolean isPassedBy(FoldedChain chain) {
			List<HolderStep> steps = chain.steps();
			return steps.size() >= this.path.size() && steps.subList(0, this.path.size()).equals(this.path);
		}

	}

	private static final class Node {

		private final @Nullable Node parent;

		private final @Nullable HolderStep step;

		private final ChainBeginning beginning;

		private final Set<Long> objects = new HashSet<>();

		private final Map<HolderStep, Node> children = new LinkedHashMap<>();

		private double weight;

		Node(@Nullable Node parent, @Nullable HolderStep step, ChainBeginning beginning) {
			this.parent = parent;
			this.step = step;
			this.beginning = beginning;
		}

		Node child(HolderStep step) {
			return this.children.computeIfAbsent(step, (key) -> new Node(this, key, this.beginning));
		}

		void pass(double weight, long object) {
			this.weight += weight;
			this.objects.add(object);
		}

		@Nullable Node heaviest() {
			return this.children.values()
				.stream()
				.max(Comparator.comparingDouble((child) -> child.weight))
				.orElse(null);
		}

		boolean isSlot() {
			return this.step != null && this.step.isSlot();
		}

		List<HolderStep> path() {
			Deque<HolderStep> path = new ArrayDeque<>();
			for (Node node = this; node != null; node = node.parent) {
				if (node.step != null) {
					path.addFirst(node.step);
				}
			}
			return List.copyOf(path);
		}

		/** The beginning, the nearest field of the application, the container's. */
		String inWords() {
			List<HolderStep> path = new ArrayList<>(path());
			while (!path.isEmpty() && path.get(path.size() - 1).isInside()) {
				path.remove(path.size() - 1);
			}
			Set<String> words = new LinkedHashSet<>();
			words.add(this.beginning.words());
			for (int i = path.size() - 1; i >= 0 && !path.get(i).isOfThread(); i--) {
				if (path.get(i).isNamedByApplication()) {
					words.add(path.get(i).inWords());
					break;
				}
			}
			if (!path.isEmpty()) {
				words.add(path.get(path.size() - 1).inWords());
			}
			return String.join(ARROW, words);
		}

	}

}
