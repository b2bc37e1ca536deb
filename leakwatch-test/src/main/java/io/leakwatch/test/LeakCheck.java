package io.leakwatch.test;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.core.histogram.ClassHistogram;
import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;
import org.junit.jupiter.api.function.Executable;

/**
 * Runs an operation between two counts of the live heap, and fails where a class gained
 * as many instances as the operation was run.
 *
 * <p>
 * A count finds objects that nobody uses any more: they wait for a finalizer or a
 * cleaner, for a weak map to be tidied up, or for another thread to put them down. So the
 * heap is counted several times with a little time between, and the smallest count of
 * each class is taken, before as after. A leak is reported only when it has not become
 * smaller from one count to the next, twice.
 *
 * <p>
 * What the counting itself allocates must not be counted. It is rehearsed at first,
 * comparison included, so that the classes it needs are loaded. Between two counts only a
 * {@link HeapProfile} is kept, which is a handful of arrays.
 *
 * @param warmup runs before the first count
 * @param iterations runs between the counts
 * @param atLeast instances for each iteration that make a leak
 * @param ignore patterns of the names of classes that may stay behind
 */
record LeakCheck(int warmup, int iterations, double atLeast, List<String> ignore) {

	/** One for all, so that profiles share the names of the classes. */
	private static final ClassHistogram HISTOGRAM = new ClassHistogram(Clock.systemUTC());

	static final int DEFAULT_WARMUP = 10;

	static final double DEFAULT_AT_LEAST = 0.9;

	private static final int MAXIMUM_LOOKS = 20;

	private static final int STEADY_LOOKS = 2;

	private static final long MILLIS_BETWEEN_LOOKS = 100;

	LeakCheck {
		if (warmup < 0) {
			throw new IllegalArgumentException("warmup must be zero or more, it is " + warmup);
		}
		if (iterations < 1) {
			throw new IllegalArgumentException("iterations must be one or more, they are " + iterations);
		}
		if (!(atLeast > 0)) {
			throw new IllegalArgumentException("atLeast must be more than zero, it is " + atLeast);
		}
		ignore = List.copyOf(ignore);
	}

	/**
	 * Runs the operation, {@link #warmup()} and {@link #iterations()} times.
	 * @param operation what to run
	 * @throws Throwable what the operation throws, unchanged
	 * @throws AssertionError where objects stay behind
	 */
	void run(Executable operation) throws Throwable {
		HeapProfile rehearsal = count();
		LeftBehind.between(rehearsal, least(rehearsal, count()), this);
		repeat(operation, this.warmup);
		HeapProfile before = count();
		Thread.sleep(MILLIS_BETWEEN_LOOKS);
		before = least(before, count());
		repeat(operation, this.iterations);
		LeftBehind left = settle(before);
		if (!left.isEmpty()) {
			throw new AssertionError(left.describe(this));
		}
	}

	private LeftBehind settle(HeapProfile before) throws InterruptedException {
		HeapProfile after = count();
		LeftBehind left = LeftBehind.between(before, after, this);
		int steady = 0;
		for (int looks = 1; looks < MAXIMUM_LOOKS && steady < STEADY_LOOKS && !left.isEmpty(); looks++) {
			Thread.sleep(MILLIS_BETWEEN_LOOKS);
			after = least(after, count());
			LeftBehind now = LeftBehind.between(before, after, this);
			steady = now.equals(left) ? steady + 1 : 0;
			left = now;
		}
		return left;
	}

	private static void repeat(Executable operation, int times) throws Throwable {
		for (int i = 0; i < times; i++) {
			operation.execute();
		}
	}

	/**
	 * The smaller count of each class. A class that one of the two does not name has none
	 * there.
	 */
	static HeapProfile least(HeapProfile one, HeapProfile other) {
		List<ClassCount> least = new ArrayList<>();
		for (ClassCount each : one.classes()) {
			ClassCount there = other.find(each.className());
			if (there != null) {
				least.add((there.count() < each.count()) ? there : each);
			}
		}
		return HeapProfile.of(one.takenAt(), least);
	}

	/**
	 * Counts what is alive. The collection before the count is for the collectors whose
	 * histogram does not begin with one.
	 */
	private static HeapProfile count() {
		System.gc();
		return HISTOGRAM.take(true).profile();
	}

}
