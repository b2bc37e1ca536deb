package io.leakwatch.heap.diff;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.leakwatch.heap.profile.BeanUse;
import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.PathTree;

/**
 * What kept growing over several profiles of the same service.
 *
 * @param paths the places that kept growing, each with its topmost node alone, the most
 * bytes gained first; none where a profile has no paths
 * @param classes the classes whose bytes kept growing, the most bytes gained first
 * @param beans the Spring beans whose held bytes kept growing, the most bytes gained
 * first; none where a profile tells of no beans
 */
public record Growth(List<PathDelta> paths, List<ClassDelta> classes, List<BeanDelta> beans) {

	/** So many profiles make a trend that may miss an interval. */
	private static final int POINTS_OF_A_TREND = 8;

	/** The normal deviate that one series in a hundred without a trend goes beyond. */
	private static final double SIGNIFICANT = 2.33;

	/**
	 * What grew in every interval between profiles; of eight profiles or more also what
	 * has a significant rising trend by the test of Mann and Kendall, since traffic is
	 * noisy. Deltas are from the first profile to the last.
	 * @param profiles three profiles or more, in the order of time
	 * @return what kept growing
	 */
	public static Growth inEveryInterval(List<HeapProfile> profiles) {
		if (profiles.size() < 3) {
			throw new IllegalArgumentException("Growth needs three profiles or more, not " + profiles.size());
		}
		HeapProfile first = profiles.get(0);
		HeapProfile last = profiles.get(profiles.size() - 1);
		HeapDiff diff = HeapDiff.between(first, last);
		List<ClassDelta> classes = diff.classes()
			.stream()
			.filter((delta) -> keepsGrowing(bytesOf(profiles, delta.className())))
			.toList();
		return new Growth(growingPaths(profiles, last.paths()), classes, growingBeans(profiles, diff.beans()));
	}

	private static List<BeanDelta> growingBeans(List<HeapProfile> profiles, List<BeanDelta> beans) {
		if (profiles.stream().anyMatch((profile) -> profile.beans().isEmpty())) {
			return List.of();
		}
		List<Map<String, Long>> held = profiles.stream()
			.map((profile) -> profile.beans()
				.stream()
				.collect(Collectors.toMap(BeanUse::label, BeanUse::heldBytes, Long::sum)))
			.toList();
		return beans.stream()
			.filter((delta) -> keepsGrowing(
					held.stream().mapToLong((bytes) -> bytes.getOrDefault(delta.label(), 0L)).toArray()))
			.toList();
	}

	private static List<PathDelta> growingPaths(List<HeapProfile> profiles, PathTree last) {
		if (profiles.stream().anyMatch((profile) -> profile.paths().size() == 1)) {
			return List.of();
		}
		List<MatchedPaths> matched = profiles.stream()
			.map((profile) -> MatchedPaths.of(profile.paths(), last))
			.toList();
		return GrowingPaths.find(matched.get(0),
				(node) -> keepsGrowing(matched.stream().mapToLong((paths) -> paths.heldBytes(node)).toArray()));
	}

	private static long[] bytesOf(List<HeapProfile> profiles, String className) {
		return profiles.stream().mapToLong((profile) -> {
			ClassCount count = profile.find(className);
			return (count != null) ? count.shallowBytes() : 0;
		}).toArray();
	}

	static boolean keepsGrowing(long[] series) {
		boolean always = true;
		for (int i = 1; i < series.length; i++) {
			always &= series[i] > series[i - 1];
		}
		return always || (series.length >= POINTS_OF_A_TREND && hasRisingTrend(series));
	}

	/** The test of Mann (1945) and Kendall (1975), with its correction for ties. */
	private static boolean hasRisingTrend(long[] series) {
		int n = series.length;
		int score = 0;
		for (int later = 1; later < n; later++) {
			for (int earlier = 0; earlier < later; earlier++) {
				score += Long.compare(series[later], series[earlier]);
			}
		}
		double variance = n * (n - 1.0) * (2.0 * n + 5) / 18 - tiesOf(series);
		return score > 0 && variance > 0 && (score - 1) / Math.sqrt(variance) > SIGNIFICANT;
	}

	private static double tiesOf(long[] series) {
		long[] sorted = series.clone();
		Arrays.sort(sorted);
		double sum = 0;
		for (int start = 0; start < sorted.length;) {
			int end = start;
			while (end < sorted.length && sorted[end] == sorted[start]) {
				end++;
			}
			double tied = end - start;
			sum += tied * (tied - 1) * (2 * tied + 5) / 18;
			start = end;
		}
		return sum;
	}

}
