package io.leakwatch.core.suspect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.PathTree;
import org.jspecify.annotations.Nullable;

/**
 * Who holds what, by the profile of a heap dump: exact, and of live objects only. Where
 * objects pile up is the topmost place that has about as many as there are of the class;
 * who holds that is their holder. Immutable; costs some milliseconds to make.
 */
public final class DumpedHolders {

	/** Of fewer objects hardly anybody asks for the holder. */
	private static final int LEAST_OBJECTS = 64;

	/** Of all objects of a class, so many make a holder theirs. */
	private static final double LEAST_SHARE = 0.5;

	private final Map<String, DumpedHolder> byClass = new HashMap<>();

	private final Map<String, DumpedHolder> byPath = new HashMap<>();

	/**
	 * Reads one dump, or compares two.
	 * @param latest the profile of a dump
	 * @param earlier that of one before, of the same run, {@code null} for none
	 * @param few names of classes whose holders are told even of a few objects
	 */
	public DumpedHolders(HeapProfile latest, @Nullable HeapProfile earlier, Set<String> few) {
		Map<Place, Pile> before = (earlier != null) ? piles(earlier.paths()) : Map.of();
		Instant since = (earlier != null) ? earlier.takenAt() : null;
		piles(latest.paths()).forEach((place, pile) -> {
			if (pile.count >= LEAST_OBJECTS || few.contains(place.className)) {
				Pile then = before.get(place);
				Long gained = (since != null) ? Long.valueOf(pile.count - ((then != null) ? then.count : 0)) : null;
				DumpedHolder holder = new DumpedHolder(place.className, place.holder, pile.count, pile.retainedBytes,
						latest.takenAt(), gained, since);
				if (pile.top) {
					this.byPath.merge(HolderPath.of(place.holder).path(), holder, DumpedHolders::larger);
				}
				ClassCount all = latest.find(place.className);
				if (all != null && pile.count >= LEAST_SHARE * all.count()) {
					this.byClass.merge(place.className, holder, DumpedHolders::larger);
				}
			}
		});
	}

	private static DumpedHolder larger(DumpedHolder one, DumpedHolder other) {
		return (other.count() > one.count()) ? other : one;
	}

	/**
	 * Who holds most objects of a class.
	 * @param className the class
	 * @return the holder, {@code null} where none has half of them
	 */
	@Nullable DumpedHolder of(String className) {
		return this.byClass.get(className);
	}

	/**
	 * What somebody holds most of.
	 * @param holder a holder
	 * @return what is known of it, {@code null} where the dump does not have it
	 */
	@Nullable DumpedHolder at(String holder) {
		return this.byPath.get(HolderPath.of(holder).path());
	}

	private static Map<Place, Pile> piles(PathTree tree) {
		Map<Place, Pile> piles = new LinkedHashMap<>();
		List<String> holders = new ArrayList<>();
		for (int node = 0; node < tree.size(); node++) {
			int top = top(tree, node);
			// A parent has a smaller number than its children.
			holders.add((node == PathTree.HEAP) ? "" : (top == node) ? tree.holder(node) : holders.get(top));
			if (node != PathTree.HEAP && !tree.isRest(node)) {
				piles.computeIfAbsent(new Place(tree.className(node), holders.get(node)), (place) -> new Pile())
					.add(tree, node, top);
			}
		}
		return piles;
	}

	/**
	 * Where the objects of a node pile up: the topmost node above, or itself, of which
	 * there are about as many.
	 */
	private static int top(PathTree tree, int node) {
		int top = node;
		while (top != PathTree.HEAP && tree.parent(top) != PathTree.HEAP
				&& tree.count(tree.parent(top)) >= LEAST_SHARE * tree.count(node)) {
			top = tree.parent(top);
		}
		return top;
	}

	private static int container(PathTree tree, int node) {
		int container = node;
		while (tree.parent(container) != PathTree.HEAP && tree.isEntry(container)) {
			container = tree.parent(container);
		}
		return container;
	}

	/** Objects of one class with one holder. */
	private record Place(String className, String holder) {
	}

	/** How many there are, which may lie in several nodes. */
	private static final class Pile {

		private final Set<Integer> containers = new HashSet<>();

		private long count;

		private long retainedBytes;

		/** Whether these pile up themselves, and are not merely below what does. */
		private boolean top;

		private void add(PathTree tree, int node, int top) {
			int container = container(tree, top);
			this.count += tree.count(node);
			this.top |= top == node;
			if (this.containers.add(container)) {
				this.retainedBytes += tree.retainedBytes(container);
			}
		}

	}

}
