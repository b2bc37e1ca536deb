package io.leakwatch.core.census;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.leakwatch.core.census.Found.Container;
import org.jspecify.annotations.Nullable;

/**
 * The holders that passes have found. Those with few entries are not kept: a leak has
 * more before long.
 */
final class Holders {

	static final int MOST = 20_000;

	/** How many containers are followed in all. */
	static final int MOST_MEMBERS = 20_000;

	private static final int FEWEST_ENTRIES = 16;

	private static final int FEWEST_LINKS = 64;

	private final ObjectShapes shapes;

	private final Map<String, Holder> holders = new HashMap<>();

	private int leftOut;

	private int members;

	Holders(ObjectShapes shapes) {
		this.shapes = shapes;
	}

	/** Takes over what a pass found. */
	void update(Walk walk) {
		HolderPaths paths = walk.paths();
		Map<String, Holder> seen = new HashMap<>();
		List<Map.Entry<Integer, Found>> found = new ArrayList<>(walk.found().entrySet());
		// Where there are too many, those that are counted whole come first, then the
		// largest.
		found.sort(Comparator.comparing((Map.Entry<Integer, Found> entry) -> !isExact(paths, entry))
			.thenComparing((entry) -> -entry.getValue().entries())
			.thenComparing(Map.Entry::getKey));
		this.leftOut = 0;
		this.members = this.holders.values().stream().mapToInt(Holder::members).sum();
		for (Map.Entry<Integer, Found> each : found) {
			containers(paths, each.getKey(), each.getValue(), walk.isComplete(), seen);
		}
		for (int path = 0; path < paths.count(); path++) {
			if (paths.isRecursive(path) && paths.visits(path) >= FEWEST_LINKS && paths.isExact(paths.parent(path))) {
				links(paths, path, seen);
			}
		}
		this.holders.entrySet().removeIf((entry) -> {
			Holder holder = entry.getValue();
			if (walk.isComplete() && !seen.containsKey(entry.getKey())) {
				holder.update(List.of(), true, true, 0);
				return holder.isEdge() || holder.isEmpty();
			}
			return holder.isEmpty();
		});
	}

	private static boolean isExact(HolderPaths paths, Map.Entry<Integer, Found> found) {
		return paths.isExact(found.getKey()) && !found.getValue().isTooMany();
	}

	private void containers(HolderPaths paths, int path, Found found, boolean complete, Map<String, Holder> seen) {
		String text = paths.text(path);
		Holder known = this.holders.get(text);
		if (known == null && found.entries() < FEWEST_ENTRIES) {
			return;
		}
		if (seen.containsKey(text)) {
			// Two fields of one name: classes of one name from several loaders.
			this.leftOut++;
			return;
		}
		Holder holder = known;
		Container largest = largest(found);
		if (holder == null) {
			if (this.holders.size() >= MOST || this.members >= MOST_MEMBERS) {
				this.leftOut++;
				return;
			}
			String type = className(largest);
			holder = new Holder(text + " (" + type + ")", paths.owner(path), type,
					largest.subject() instanceof CompletableFuture);
			this.holders.put(text, holder);
		}
		seen.put(text, holder);
		int before = holder.members();
		holder.update(found.containers(), isExact(paths, Map.entry(path, found)), complete,
				Math.max(0, MOST_MEMBERS - this.members));
		this.members += holder.members() - before;
		if (!holder.knowsElementClass()) {
			holder.elementClass(elementClass(largest));
		}
	}

	private void links(HolderPaths paths, int path, Map<String, Holder> seen) {
		String text = paths.text(path);
		String key = text + " links";
		Holder holder = this.holders.get(key);
		if (holder == null) {
			if (this.holders.size() >= MOST) {
				this.leftOut++;
				return;
			}
			String type = paths.declaringClass(path);
			holder = new Holder(text, paths.text(paths.parent(path)), type, true);
			holder.elementClassName(type);
			this.holders.put(key, holder);
		}
		seen.put(key, holder);
		holder.update(paths.visits(path));
	}

	private static Container largest(Found found) {
		Container largest = found.containers().get(0);
		for (Container each : found.containers()) {
			if (each.size() > largest.size()) {
				largest = each;
			}
		}
		return largest;
	}

	private String className(Container container) {
		Object array = container.isArray() ? ArrayField.value(container, this.shapes) : null;
		return ClassText.name((array != null) ? array.getClass() : container.subject().getClass());
	}

	private @Nullable Class<?> elementClass(Container container) {
		ElementClasses classes = new ElementClasses(this.shapes);
		try {
			Object subject = container.subject();
			if (container.isArray()) {
				if (ArrayField.value(container, this.shapes) instanceof Object[] array) {
					FieldContainers.sample(array, classes);
				}
			}
			else {
				ContainerReader reader = this.shapes.of(subject.getClass()).container();
				if (reader != null) {
					reader.sample(subject, classes);
				}
			}
		}
		catch (RuntimeException | LinkageError ex) {
			// It changes just now: what was seen so far.
		}
		return classes.most();
	}

	/** Reads the sizes of all of them. */
	List<HolderSize> read() {
		List<HolderSize> sizes = new ArrayList<>(this.holders.size());
		for (Holder each : this.holders.values()) {
			sizes.add(each.read(this.shapes));
		}
		return sizes;
	}

	/** How many holders there was no room for in the last pass. */
	int leftOut() {
		return this.leftOut;
	}

}
