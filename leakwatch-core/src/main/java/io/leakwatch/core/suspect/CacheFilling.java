package io.leakwatch.core.suspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.leakwatch.core.trend.NonNegativeFit;
import io.leakwatch.core.trend.TimeSeries;

/**
 * Tells growth that is nothing but bounded caches filling up: what they hold ends at
 * their bound, and is no leak. Looks at the sizes that caches had at the very moments of
 * a series. For one thread.
 *
 * <p>
 * Objects that caches hold grow by what an entry has of them, on top of those that are
 * elsewhere, which are at least none. So at any moment there are as many as all entries
 * account for, and their growth follows that of the caches, however that goes. A leak
 * that begins while caches fill fails the first condition, as it has to make up for the
 * entries that were there before it; one that does not happen to slow down with the
 * caches fails the second.
 *
 * <p>
 * When caches fill as evenly as the clock runs, anything even follows them. Only a whole
 * small number of objects an entry is believed then. What grows otherwise must be told
 * better by the caches than by the clock, which leaves one blind spot: a leak that began
 * together with a cache and keeps its pace, object for entry, is not told before the
 * cache is full or slows down.
 */
public final class CacheFilling {

	/** Fewer entries more are no filling. */
	private static final int LEAST_GAIN = 10;

	/**
	 * Caches are looked at apart up to this many, the most grown, and the others
	 * together: with many of them, some sum of them would look like anything.
	 */
	private static final int MOST_APART = 2;

	private static final int MOST_OBJECTS_OF_AN_ENTRY = 4;

	/** How far counts may stay from whole objects an entry, as a share of their gain. */
	private static final double WHOLE_DISTANCE = 0.03;

	/** How far counts may stay from any multiples of the caches. */
	private static final double DISTANCE = 0.05;

	/** How much nearer to the caches than to the clock they must be then, */
	private static final double SHARE_OF_CLOCK = 0.7;

	/** and by how many objects, as counts are round. */
	private static final double LEAST_DIFFERENCE = 1;

	/** Bytes of the live heap are noisy, and an entry may be of any size. */
	private static final double HEAP_DISTANCE = 0.15;

	private static final double HEAP_SHARE_OF_CLOCK = 1.1;

	private final int capacity;

	/** The entries of each cache at the moments so far. One that is gone is forgotten. */
	private Map<String, double[]> entries = Map.of();

	private int moments;

	/** Those of the caches that fill, the most grown first. */
	private List<double[]> filling = List.of();

	/**
	 * Without caches as yet.
	 * @param capacity how many moments are looked at
	 */
	public CacheFilling(int capacity) {
		this.capacity = capacity;
	}

	/**
	 * Takes the sizes of the caches at the moment of a series' newest point.
	 * @param entries the entries of each cache with a known bound
	 */
	public void add(Map<String, Long> entries) {
		int kept = Math.min(this.moments, this.capacity - 1);
		Map<String, double[]> all = new HashMap<>();
		entries.forEach((name, newest) -> {
			double[] before = this.entries.getOrDefault(name, new double[this.moments]);
			double[] now = Arrays.copyOfRange(before, this.moments - kept, this.moments + 1);
			now[kept] = newest;
			all.put(name, now);
		});
		this.entries = all;
		this.moments = kept + 1;
		this.filling = all.values()
			.stream()
			.filter((cache) -> gain(cache) >= LEAST_GAIN)
			.sorted(Comparator.comparingDouble(CacheFilling::gain).reversed())
			.toList();
	}

	/**
	 * Whether the growth of a class is filling.
	 * @param counts its instances at the moments that were added
	 * @return whether they are as many as the caches' entries account for
	 */
	public boolean explainsCounts(TimeSeries counts) {
		if (this.filling.isEmpty()) {
			return false;
		}
		double[] values = counts.values();
		if (this.filling.stream().anyMatch((cache) -> isWhole(values, cache)) || isWhole(values, sum(this.filling))) {
			return true;
		}
		double fromCaches = distanceFromCaches(counts);
		return fromCaches <= DISTANCE * counts.gain()
				&& fromCaches + LEAST_DIFFERENCE <= SHARE_OF_CLOCK * distanceFromClock(counts);
	}

	/**
	 * Whether the growth of the live heap is filling, as far as its bytes tell.
	 * @param bytes its bytes at the moments that were added
	 * @return whether they follow the caches as closely as the clock, at least
	 */
	public boolean explainsBytes(TimeSeries bytes) {
		if (this.filling.isEmpty()) {
			return false;
		}
		double fromCaches = distanceFromCaches(bytes);
		return fromCaches <= HEAP_DISTANCE * bytes.gain()
				&& fromCaches <= HEAP_SHARE_OF_CLOCK * distanceFromClock(bytes);
	}

	/** Whether each entry of the cache accounts for the same whole number of objects. */
	private static boolean isWhole(double[] values, double[] cache) {
		double tolerance = Math.max(1, WHOLE_DISTANCE * gain(values));
		long objects = Math.round(gain(values) / gain(cache));
		if (objects < 1 || objects > MOST_OBJECTS_OF_AN_ENTRY) {
			return false;
		}
		double[] elsewhere = new double[values.length];
		for (int i = 0; i < values.length; i++) {
			elsewhere[i] = values[i] - objects * cache[i];
		}
		return NonNegativeFit.distance(elsewhere, List.of()) <= tolerance;
	}

	private double distanceFromCaches(TimeSeries series) {
		List<double[]> parts = this.filling;
		if (parts.size() > MOST_APART) {
			parts = new ArrayList<>(this.filling.subList(0, MOST_APART));
			parts.add(sum(this.filling.subList(MOST_APART, this.filling.size())));
		}
		return NonNegativeFit.distance(series.values(), parts);
	}

	private static double distanceFromClock(TimeSeries series) {
		double[] seconds = IntStream.range(0, series.size()).mapToDouble(series::seconds).toArray();
		return NonNegativeFit.distance(series.values(), List.of(seconds));
	}

	private static double[] sum(List<double[]> caches) {
		double[] sum = new double[caches.get(0).length];
		for (double[] cache : caches) {
			for (int i = 0; i < sum.length; i++) {
				sum[i] += cache[i];
			}
		}
		return sum;
	}

	private static double gain(double[] values) {
		return values[values.length - 1] - values[0];
	}

}
