package io.leakwatch.core.census;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

import io.leakwatch.core.census.Found.Container;
import org.jspecify.annotations.Nullable;

/**
 * The containers of one path that are followed from pass to pass, weakly held, and their
 * sizes.
 *
 * <p>
 * A series of sizes must not jump when the walk happens to look at other objects. So as
 * long as the walk sees all containers of the path, these are followed; once it looks
 * only at a sample, as in the values of a large map, those that are followed stay the
 * same ones, and another one comes in only for one that is gone. The sum is then that of
 * the sample: less than all, and growing if they grow.
 */
final class Holder {

	/**
	 * Above this size, what is counted node by node is read in a pass only: so many take
	 * some milliseconds.
	 */
	private static final int SLOW_SIZE = 500_000;

	private final String name;

	private final String owner;

	private final String containerClass;

	private final boolean edge;

	private final List<Member> members = new ArrayList<>(1);

	private @Nullable String elementClass;

	private boolean ownsNative;

	private boolean sampled;

	private long links;

	private @Nullable HolderSize last;

	Holder(String name, String owner, String containerClass, boolean edge) {
		this.name = name;
		this.owner = owner;
		this.containerClass = containerClass;
		this.edge = edge;
	}

	/**
	 * Takes over what a pass found.
	 * @param found the containers
	 * @param exact whether they are all that there are
	 * @param complete whether what was not found is no longer there
	 * @param room how many more may be followed
	 */
	void update(List<Container> found, boolean exact, boolean complete, int room) {
		IdentityHashMap<Object, Container> left = new IdentityHashMap<>();
		found.forEach((container) -> left.put(container.subject(), container));
		boolean wasSampled = this.sampled;
		int followed = this.members.size();
		int most = Math.min(Found.MOST, followed + room);
		this.sampled |= !exact || found.size() > most;
		this.members.removeIf((member) -> {
			Object subject = member.reference.get();
			Container seen = (subject != null) ? left.remove(subject) : null;
			if (seen != null) {
				member.size = seen.size();
			}
			return subject == null || (seen == null && !this.sampled && complete);
		});
		if (wasSampled || (this.sampled && followed > 0)) {
			most = followed;
		}
		for (Container each : found) {
			if (this.members.size() < most && left.containsKey(each.subject())) {
				this.members.add(new Member(each));
			}
		}
	}

	/** Takes over how many links of a chain a pass counted. */
	void update(long links) {
		this.links = links;
	}

	boolean isEmpty() {
		return !this.edge && this.members.isEmpty();
	}

	/** How many are followed. */
	int members() {
		return this.members.size();
	}

	boolean isEdge() {
		return this.edge;
	}

	void elementClass(@Nullable Class<?> type) {
		if (type != null) {
			this.elementClass = ClassText.name(type);
			this.ownsNative = NativeOwners.contain(type);
		}
	}

	void elementClassName(String name) {
		this.elementClass = name;
	}

	boolean knowsElementClass() {
		return this.elementClass != null;
	}

	/** Reads the sizes of what is still there. */
	HolderSize read(ObjectShapes shapes) {
		long entries = this.links;
		long bound = 0;
		// What is gone is no longer counted; another may take its place in a pass.
		for (Member member : this.members) {
			Object subject = member.reference.get();
			if (subject != null) {
				Long memberBound = read(member, subject, shapes);
				bound = (memberBound != null && bound >= 0) ? bound + memberBound : -1;
				entries += member.size;
			}
		}
		HolderSize last = this.last;
		Long knownBound = (bound > 0) ? bound : null;
		if (last != null && last.entries() == entries && Objects.equals(last.bound(), knownBound)
				&& Objects.equals(last.elementClass(), this.elementClass)) {
			return last;
		}
		HolderSize size = new HolderSize(this.name, this.owner, this.containerClass, this.elementClass, entries,
				knownBound, this.edge, this.ownsNative);
		this.last = size;
		return size;
	}

	/** Reads one, and says its bound. */
	private static @Nullable Long read(Member member, Object subject, ObjectShapes shapes) {
		try {
			if (member.array) {
				long length = ArrayField.length(subject, member.field, shapes);
				member.size = (length >= 0) ? length : member.size;
				return null;
			}
			ContainerReader reader = shapes.of(subject.getClass()).container();
			if (reader == null) {
				return null;
			}
			if (!reader.isSlow() || member.size < SLOW_SIZE) {
				long size = reader.size(subject);
				member.size = (size >= 0) ? size : member.size;
			}
			return reader.bound(subject);
		}
		catch (RuntimeException | LinkageError ex) {
			// It changes just now: as it was.
			return null;
		}
	}

	/** One that is followed. */
	private static final class Member {

		private final WeakReference<Object> reference;

		private final @Nullable String field;

		private final boolean array;

		private long size;

		Member(Container container) {
			this.reference = new WeakReference<>(container.subject());
			this.field = container.field();
			this.array = container.isArray();
			this.size = container.size();
		}

	}

}
