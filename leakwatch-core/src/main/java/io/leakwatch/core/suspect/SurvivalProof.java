package io.leakwatch.core.suspect;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;

/**
 * Tells what is kept from what is garbage that was promoted: the first histogram after
 * each of the last {@value #COLLECTIONS} old collections. Each of those has swept the
 * garbage out, so a class that grew from one to the next, and about as fast as it does in
 * between, is really kept. For one thread.
 */
final class SurvivalProof {

	private static final int COLLECTIONS = 3;

	/**
	 * How much of the growth must have survived. The rest is noise, and garbage that a
	 * collection has left.
	 */
	private static final double LEAST_SURVIVING_SHARE = 0.5;

	private final Deque<HeapProfile> profiles = new ArrayDeque<>();

	private int oldCollections;

	/**
	 * Takes a histogram, which is kept if it is the first after an old collection.
	 * @param profile the histogram
	 * @param oldCollectionsSoFar how many old collections there were before it
	 */
	void add(HeapProfile profile, int oldCollectionsSoFar) {
		if (oldCollectionsSoFar > this.oldCollections) {
			this.oldCollections = oldCollectionsSoFar;
			this.profiles.addLast(profile);
			if (this.profiles.size() > COLLECTIONS) {
				this.profiles.removeFirst();
			}
		}
	}

	/**
	 * Whether the growth of a class has survived old collections.
	 * @param className the class
	 * @param slopePerSecond how fast it grows between them
	 * @return whether it is no garbage
	 */
	boolean covers(String className, double slopePerSecond) {
		if (this.profiles.size() < COLLECTIONS) {
			return false;
		}
		List<Long> counts = this.profiles.stream().map((profile) -> count(profile, className)).toList();
		for (int i = 1; i < counts.size(); i++) {
			if (counts.get(i) <= counts.get(i - 1)) {
				return false;
			}
		}
		Duration span = Duration.between(this.profiles.getFirst().takenAt(), this.profiles.getLast().takenAt());
		double expected = slopePerSecond * span.toMillis() / 1000;
		return counts.get(counts.size() - 1) - counts.get(0) >= LEAST_SURVIVING_SHARE * expected;
	}

	private static long count(HeapProfile profile, String className) {
		ClassCount found = profile.find(className);
		return (found != null) ? found.count() : 0;
	}

}
