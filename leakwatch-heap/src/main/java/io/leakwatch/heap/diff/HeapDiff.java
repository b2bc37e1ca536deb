package io.leakwatch.heap.diff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;

/**
 * What changed between two profiles of the same or of a like service. A class that only
 * one of them names counts as zero in the other.
 *
 * @param before the earlier profile
 * @param after the later profile
 * @param classes every class whose count or bytes changed, the most bytes gained first,
 * then the most instances
 */
public record HeapDiff(HeapProfile before, HeapProfile after, List<ClassDelta> classes) {

	private static final Comparator<ClassDelta> MOST_GROWN_FIRST = Comparator
		.comparingLong(ClassDelta::shallowBytesDelta)
		.thenComparingLong(ClassDelta::countDelta)
		.reversed()
		.thenComparing(ClassDelta::className);

	/**
	 * Compares two profiles. Takes time in proportion to the classes of both.
	 * @param before the earlier profile
	 * @param after the later profile
	 * @return the difference
	 */
	public static HeapDiff between(HeapProfile before, HeapProfile after) {
		List<ClassDelta> deltas = new ArrayList<>();
		for (ClassCount now : after.classes()) {
			ClassCount then = before.find(now.className());
			long count = (then != null) ? then.count() : 0;
			long bytes = (then != null) ? then.shallowBytes() : 0;
			if (count != now.count() || bytes != now.shallowBytes()) {
				deltas.add(new ClassDelta(now.className(), count, now.count(), bytes, now.shallowBytes()));
			}
		}
		for (ClassCount then : before.classes()) {
			if (after.find(then.className()) == null) {
				deltas.add(new ClassDelta(then.className(), then.count(), 0, then.shallowBytes(), 0));
			}
		}
		deltas.sort(MOST_GROWN_FIRST);
		return new HeapDiff(before, after, List.copyOf(deltas));
	}

}
