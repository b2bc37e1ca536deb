package io.leakwatch.core.suspect;

import java.util.List;

import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;

/**
 * The first sign of growth: a class that has got more in each of the last
 * {@value #HISTOGRAMS} histograms, and by a megabyte in all. Promoted garbage does so
 * too.
 */
final class EarlyGrowth {

	private static final int HISTOGRAMS = 5;

	private static final long LEAST_BYTES = 1 << 20;

	private EarlyGrowth() {
	}

	static boolean isSeen(List<HeapProfile> profiles, IgnoreList ignored) {
		if (profiles.size() < HISTOGRAMS) {
			return false;
		}
		List<HeapProfile> last = profiles.subList(profiles.size() - HISTOGRAMS, profiles.size());
		return last.get(HISTOGRAMS - 1)
			.classes()
			.stream()
			.filter((newest) -> newest.shallowBytes() >= LEAST_BYTES)
			.anyMatch((newest) -> grows(newest.className(), last) && !ignored.matches(newest.className())
					&& ClassOrigin.of(newest.className(), List.of()) != ClassOrigin.LEAKWATCH);
	}

	private static boolean grows(String className, List<HeapProfile> last) {
		long first = bytes(last.get(0), className);
		long before = first;
		for (HeapProfile profile : last.subList(1, last.size())) {
			long now = bytes(profile, className);
			if (now <= before) {
				return false;
			}
			before = now;
		}
		return before - first >= LEAST_BYTES;
	}

	private static long bytes(HeapProfile profile, String className) {
		ClassCount found = profile.find(className);
		return (found != null) ? found.shallowBytes() : 0;
	}

}
