package io.leakwatch.core.snapshot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
	 * A snapshot by id; by label, of several the newest; or by {@code baseline} (the
	 * newest of that label, or else the oldest of all) and {@code latest}.
	 */
	synchronized Optional<Snapshot> find(String reference) {
		return byId(reference).or(() -> byLabel(reference)).or(() -> switch (reference) {
			case BASELINE -> this.snapshots.stream().findFirst();
			case LATEST -> this.snapshots.stream().reduce((earlier, later) -> later);
			default -> Optional.empty();
		});
	}

	synchronized boolean delete(String id) {
		return this.snapshots.removeIf((snapshot) -> snapshot.id().equals(id));
	}

	private Optional<Snapshot> byId(String id) {
		return this.snapshots.stream().filter((snapshot) -> snapshot.id().equals(id)).findFirst();
	}

	private Optional<Snapshot> byLabel(String label) {
		return this.snapshots.stream()
			.filter((snapshot) -> label.equals(snapshot.label()))
			.reduce((earlier, later) -> later);
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
