package io.leakwatch.core.snapshot;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a person calls a snapshot by: its id, its label, {@code baseline}, {@code latest}.
 */
final class References {

	static final String BASELINE = "baseline";

	static final String LATEST = "latest";

	private References() {
	}

	/**
	 * Looks one up. By anything but the id, only one that is ready is found.
	 * @param snapshots all of them, oldest first
	 * @param reference an id; {@code latest}, which is the newest; {@code baseline},
	 * which is the newest of that label, or else the oldest; a label, of several the
	 * newest
	 */
	static Optional<Snapshot> find(List<Snapshot> snapshots, String reference) {
		if (LATEST.equals(reference)) {
			return newest(ofThisRunElseEarlier(snapshots, (snapshot) -> true));
		}
		if (BASELINE.equals(reference)) {
			return newest(ofThisRunElseEarlier(snapshots, (snapshot) -> BASELINE.equals(snapshot.label())))
				.or(() -> ofThisRunElseEarlier(snapshots, (snapshot) -> true).findFirst());
		}
		return snapshots.stream()
			.filter((snapshot) -> snapshot.id().equals(reference))
			.findFirst()
			.or(() -> newest(ready(snapshots).filter((snapshot) -> reference.equals(snapshot.label()))));
	}

	private static Stream<Snapshot> ofThisRunElseEarlier(List<Snapshot> snapshots, Predicate<Snapshot> wanted) {
		boolean anyOfThisRun = ready(snapshots).anyMatch(Snapshot::ofThisRun);
		return ready(snapshots).filter((snapshot) -> snapshot.ofThisRun() == anyOfThisRun && !snapshot.uploaded())
			.filter(wanted);
	}

	private static Stream<Snapshot> ready(List<Snapshot> snapshots) {
		return snapshots.stream().filter(Snapshot::isReady);
	}

	private static Optional<Snapshot> newest(Stream<Snapshot> snapshots) {
		return snapshots.reduce((earlier, later) -> later);
	}

}
