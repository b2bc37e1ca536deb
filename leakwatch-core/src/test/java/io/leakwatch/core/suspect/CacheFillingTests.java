package io.leakwatch.core.suspect;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

import io.leakwatch.core.trend.TimeSeries;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CacheFilling}. What happens by chance is tried with many seeds.
 */
class CacheFillingTests {

	private static final int POINTS = 16;

	private static final int RUNS = 200;

	@Test
	void explainsCountsWhenEachEntryHoldsAWholeNumberShouldBeTrue() {
		for (int objects = 1; objects <= 4; objects++) {
			int each = objects;
			assertThat(explains((i) -> each * (236 + 14 * i), Map.of("quotes", (i) -> 236 + 14 * i))).isTrue();
			assertThat(explains((i) -> 5_000 + each * (236 + 14 * i), Map.of("quotes", (i) -> 236 + 14 * i))).isTrue();
		}
	}

	@Test
	void explainsCountsWhenAnotherPaceIsAsEvenShouldBeFalse() {
		assertThat(explains((i) -> 10 * i, Map.of("quotes", (i) -> 14 * i))).isFalse();
		assertThat(explains((i) -> 250 + 21 * i, Map.of("quotes", (i) -> 236 + 14 * i))).isFalse();
		assertThat(explains((i) -> 5_000 + 280 * i, Map.of("quotes", (i) -> 236 + 14 * i))).isFalse();
	}

	@Test
	void explainsCountsWhenThereAreFewerThanTheEntriesWouldHoldShouldBeFalse() {
		assertThat(explains((i) -> 14 * i, Map.of("quotes", (i) -> 236 + 14 * i))).isFalse();
		assertThat(explains((i) -> 14 * i * Math.sqrt(i), Map.of("quotes", (i) -> 236 + 14 * i * Math.sqrt(i))))
			.isFalse();
	}

	@Test
	void explainsCountsWhenNoCacheGrowsShouldBeFalse() {
		assertThat(explains((i) -> 100 * i, Map.of())).isFalse();
		assertThat(explains((i) -> 100 * i, Map.of("full", (i) -> 10_000 - i % 3))).isFalse();
		assertThat(explains((i) -> 10_000 + 100 * i, Map.of("full", (i) -> 10_000 - 15 + i))).isFalse();
	}

	@Test
	void explainsCountsWhenTheCacheBecomesFullAndTheClassGoesOnShouldBeFalse() {
		IntToDoubleFunction fillsUp = (i) -> Math.min(1_000, 500 + 60 * i);
		assertThat(explains((i) -> 500 + 60 * i, Map.of("quotes", fillsUp))).isFalse();
		assertThat(explains(fillsUp, Map.of("quotes", fillsUp))).isTrue();
	}

	@Test
	void explainsCountsWhenSeveralCachesFillShouldBeTrueForWhatTheyShare() {
		IntToDoubleFunction steady = (i) -> 30 * i;
		IntToDoubleFunction slowing = (i) -> 90 * Math.sqrt(i);
		IntToDoubleFunction nearlyDone = (i) -> 400 - 400 * Math.exp(-i / 5.0);
		IntToDoubleFunction late = (i) -> (i < 8) ? 0 : 25 * (i - 8);
		Map<String, IntToDoubleFunction> caches = Map.of("a", steady, "b", slowing, "c", nearlyDone, "d", late);
		assertThat(explains(slowing, caches)).isTrue();
		assertThat(explains((i) -> steady.applyAsDouble(i) + slowing.applyAsDouble(i) + nearlyDone.applyAsDouble(i)
				+ late.applyAsDouble(i), caches))
			.isTrue();
		assertThat(explains((i) -> 20 + 3 * steady.applyAsDouble(i) + 1.4 * nearlyDone.applyAsDouble(i), caches))
			.isTrue();
		assertThat(explains((i) -> 1 + 2.0 * i * i, caches)).isFalse();
	}

	/** A cache of requests for one of 500 products. */
	@Test
	void explainsCountsWhenEntriesHoldVariousNumbersShouldMostlyBeTrue() {
		int explained = 0;
		for (int seed = 0; seed < RUNS; seed++) {
			Random random = new Random(seed);
			double[] quotes = filledByChance(500, 25, random);
			double[] items = new double[POINTS];
			for (int i = 1; i < POINTS; i++) {
				items[i] = items[i - 1];
				for (int entry = (int) quotes[i - 1]; entry < quotes[i]; entry++) {
					items[i] += random.nextInt(15);
				}
			}
			explained += explains((i) -> 300 + items[i], Map.of("quotes", (i) -> quotes[i])) ? 1 : 0;
		}
		assertThat(explained).isGreaterThan(RUNS * 9 / 10);
	}

	/** Orders come by chance too, ten a second, from the moment the cache is empty. */
	@Test
	void explainsCountsWhenALeakBeginsWithTheCacheShouldHardlyEverBeTrue() {
		int explained = 0;
		for (int seed = 0; seed < RUNS; seed++) {
			Random random = new Random(seed);
			double[] quotes = filledByChance(500, 40, random);
			double[] orders = counted(20, random);
			explained += explains((i) -> orders[i], Map.of("quotes", (i) -> quotes[i])) ? 1 : 0;
		}
		assertThat(explained).isLessThan(RUNS / 20);
	}

	@Test
	void explainsBytesWhenTheHeapFollowsTheCachesShouldBeTrueInSpiteOfNoise() {
		int explained = 0;
		for (int seed = 0; seed < RUNS; seed++) {
			Random random = new Random(seed);
			double[] quotes = filledByChance(5_000, 300, random);
			explained += filling(Map.of("quotes", (i) -> quotes[i]))
				.explainsBytes(series((i) -> 60e6 + 3e3 * quotes[i] + 200e3 * random.nextGaussian())) ? 1 : 0;
		}
		assertThat(explained).isGreaterThan(RUNS * 9 / 10);
	}

	@Test
	void explainsBytesWhenTheHeapGrowsOnShouldBeFalse() {
		CacheFilling filling = filling(Map.of("quotes", (i) -> 400 - 400 * Math.exp(-i / 4.0)));
		assertThat(filling.explainsBytes(series((i) -> 60e6 + 1e6 * i))).isFalse();
		assertThat(filling(Map.of()).explainsBytes(series((i) -> 60e6 + 1e6 * i))).isFalse();
	}

	@Test
	void addWhenThereAreMoreMomentsThanAreKeptShouldForgetTheOldest() {
		CacheFilling filling = new CacheFilling(POINTS);
		TimeSeries counts = new TimeSeries(POINTS);
		for (int i = 0; i < 3 * POINTS; i++) {
			long entries = Math.min(1_000, 100 * i);
			filling.add((i < 5) ? Map.of("gone", 7L) : Map.of("quotes", entries));
			counts.add(Instant.EPOCH.plusSeconds(i), entries);
			if (i >= 5 + POINTS - 1) {
				// It was full at the tenth moment.
				assertThat(filling.explainsCounts(counts)).isEqualTo(i - (POINTS - 1) < 10);
			}
		}
	}

	private static double[] filledByChance(int keys, double requests, Random random) {
		boolean[] asked = new boolean[keys];
		double[] entries = new double[POINTS];
		for (int i = 1; i < POINTS; i++) {
			entries[i] = entries[i - 1];
			for (long request = Math.round(requests); request > 0; request--) {
				int key = random.nextInt(keys);
				entries[i] += asked[key] ? 0 : 1;
				asked[key] = true;
			}
		}
		return entries;
	}

	private static double[] counted(double mean, Random random) {
		double[] counts = new double[POINTS];
		for (int i = 1; i < POINTS; i++) {
			counts[i] = counts[i - 1] + Math.round(mean + Math.sqrt(mean) * random.nextGaussian());
		}
		return counts;
	}

	private static boolean explains(IntToDoubleFunction counts, Map<String, IntToDoubleFunction> caches) {
		return filling(caches).explainsCounts(series(counts));
	}

	private static CacheFilling filling(Map<String, IntToDoubleFunction> caches) {
		CacheFilling filling = new CacheFilling(POINTS);
		for (int i = 0; i < POINTS; i++) {
			Map<String, Long> entries = new HashMap<>();
			int moment = i;
			caches.forEach((name, cache) -> entries.put(name, Math.round(cache.applyAsDouble(moment))));
			filling.add(entries);
		}
		return filling;
	}

	private static TimeSeries series(IntToDoubleFunction values) {
		TimeSeries series = new TimeSeries(POINTS);
		for (int i = 0; i < POINTS; i++) {
			series.add(Instant.EPOCH.plusSeconds(2L * i), Math.rint(values.applyAsDouble(i)));
		}
		return series;
	}

}
