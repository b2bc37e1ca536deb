package io.leakwatch.core.snapshot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.leakwatch.heap.profile.HeapProfile;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots that are kept, in memory. When there are more than the maximum, the
 * oldest automatic one goes first, then the oldest of all; the baseline stays. Safe for
 * several threads.
 */
final class SnapshotStore {

	static final String BASELINE = "baseline";

	static final String LATEST = "latest";

	private final int maximumCount;

	private final List<Snapshot> snapshots = new ArrayList<>();

	private final Map<String, HeapProfile> profiles = new HashMap<>();

	SnapshotStore(int maximumCount) {
		this.maximumCount = maximumCount;
	}

	synchronized void add(Snapshot snapshot, HeapProfile profile) {
		this.snapshots.add(snapshot);
		this.profiles.put(snapshot.id(), profile);
		while (this.snapshots.size() > this.maximumCount) {
			delete(mostDispensable().id());
		}
	}

	/** The snapshots, oldest first. */
	synchronized List<Snapshot> list() {
		return List.copyOf(this.snapshots);
	}

	synchronized @Nullable HeapProfile profile(String id) {
		return this.profiles.get(id);
	}

	/**
	 * A snapshot by id; by {@code latest}, which is the newest; by label, of several the
	 * newest; or by {@code baseline}, which is the oldest where none has that label. By
	 * anything but the id, only one that is ready is found.
	 */
	synchronized Optional<Snapshot> find(String reference) {
		if (LATEST.equals(reference)) {
			return newest(ofThisRunElseEarlier((snapshot) -> true));
		}
		Optional<Snapshot> byId = this.snapshots.stream()
			.filter((snapshot) -> snapshot.id().equals(reference))
			.findFirst();
		if (byId.isPresent()) {
			return byId;
		}
		if (BASELINE.equals(reference)) {
			return newest(ofThisRunElseEarlier((snapshot) -> BASELINE.equals(snapshot.label())))
				.or(() -> ofThisRunElseEarlier((snapshot) -> true).findFirst());
		}
		return newest(ready((snapshot) -> reference.equals(snapshot.label())));
	}

	synchronized boolean delete(String id) {
		this.profiles.remove(id);
		return this.snapshots.removeIf((snapshot) -> snapshot.id().equals(id));
	}

	private Stream<Snapshot> ofThisRunElseEarlier(Predicate<Snapshot> wanted) {
		boolean anyOfThisRun = ready(Snapshot::ofThisRun).findFirst().isPresent();
		return ready(
				(snapshot) -> snapshot.ofThisRun() == anyOfThisRun && !snapshot.uploaded() && wanted.test(snapshot));
	}

	private Stream<Snapshot> ready(Predicate<Snapshot> wanted) {
		return this.snapshots.stream().filter(Snapshot::isReady).filter(wanted);
	}

	private static Optional<Snapshot> newest(Stream<Snapshot> snapshots) {
		return snapshots.reduce((earlier, later) -> later);
	}

	private Snapshot mostDispensable() {
		Snapshot baseline = find(BASELINE).orElseThrow();
		Snapshot newest = find(LATEST).orElseThrow();
		return this.snapshots.stream()
			.filter((snapshot) -> !snapshot.equals(baseline) && !snapshot.equals(newest))
			.min(Comparator.comparing((Snapshot snapshot) -> !snapshot.automatic()))
			.orElse(this.snapshots.get(0));
	}

}
