package io.leakwatch.core.snapshot;

import io.leakwatch.heap.profile.HeapProfile;

/**
 * The size of what a snapshot saw.
 *
 * @param classes how many classes its profile names
 * @param totalCount instances of all classes
 * @param totalShallowBytes bytes of all instances
 */
public record SnapshotTotals(int classes, long totalCount, long totalShallowBytes) {

	static SnapshotTotals of(HeapProfile profile) {
		return new SnapshotTotals(profile.classes().size(), profile.totalCount(), profile.totalShallowBytes());
	}

}
