package io.leakwatch.core.snapshot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

	SnapshotStore(int maximumCount) {
		this.maximumCount = maximumCount;
	}

	synchronized void add(Snapshot snapshot) {
		this.snapshots.add(snapshot);
		while (this.snapshots.size() > this.maximumCount) {
			this.snapshots.remove(mostDispensable());
		}
	}

	/** The snapshots, oldest first. */
	synchronized List<Snapshot> list() {
		return List.copyOf(this.snapshots);
	}

	/**
	 * A snapshot by id; by {@code latest}, which is the newest of all; by label, of
	 * several the newest; or by {@code baseline}, which is the oldest of all where none
	 * has that label.
	 */
	synchronized Optional<Snapshot> find(String reference) {
		if (LATEST.equals(reference)) {
			return newest(this.snapshots.stream());
		}
		return byId(reference).or(() -> byLabel(reference))
			.or(() -> BASELINE.equals(reference) ? this.snapshots.stream().findFirst() : Optional.empty());
	}

	synchronized boolean hasLabel(String label) {
		return byLabel(label).isPresent();
	}

	synchronized boolean delete(String id) {
		return this.snapshots.removeIf((snapshot) -> snapshot.id().equals(id));
	}

	private Optional<Snapshot> byId(String id) {
		return this.snapshots.stream().filter((snapshot) -> snapshot.id().equals(id)).findFirst();
	}

	private Optional<Snapshot> byLabel(String label) {
		return newest(this.snapshots.stream().filter((snapshot) -> label.equals(snapshot.label())));
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
