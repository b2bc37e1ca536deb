package io.leakwatch.core.monitor;

import java.util.List;
import java.util.Set;

import io.leakwatch.core.snapshot.Snapshot;
import io.leakwatch.core.snapshot.SnapshotKind;
import io.leakwatch.core.snapshot.SnapshotUnreadableException;
import io.leakwatch.core.snapshot.Snapshots;
import io.leakwatch.core.suspect.DumpedHolders;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the newest heap dumps of this run tell, once for each that was analysed,
 * whoever has asked for it. For one thread.
 */
final class DumpReading {

	private final Snapshots snapshots;

	private String latest = "";

	DumpReading(Snapshots snapshots) {
		this.snapshots = snapshots;
	}

	/**
	 * Who holds what.
	 * @param few names of classes whose holders are told even of a few objects
	 * @return what the dump tells, {@code null} where there is none since the last call
	 */
	@Nullable DumpedHolders readIfNew(Set<String> few) {
		List<Snapshot> dumps = this.snapshots.list()
			.stream()
			.filter((each) -> each.kind() == SnapshotKind.HEAP_DUMP && each.ofThisRun() && each.isReady())
			.toList();
		if (dumps.isEmpty() || dumps.get(dumps.size() - 1).id().equals(this.latest)) {
			return null;
		}
		Snapshot newest = dumps.get(dumps.size() - 1);
		this.latest = newest.id();
		try {
			return new DumpedHolders(this.snapshots.profile(newest),
					(dumps.size() > 1) ? this.snapshots.profile(dumps.get(dumps.size() - 2)) : null, few);
		}
		catch (SnapshotUnreadableException ex) {
			// It is set aside, and told with the snapshots.
			return null;
		}
	}

}
