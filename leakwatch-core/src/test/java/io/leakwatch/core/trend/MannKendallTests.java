package io.leakwatch.core.trend;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link MannKendall}.
 */
class MannKendallTests {

	@Test
	void pValueWhenTiedShouldEqualTheValueComputedByHand() {
		// By hand: nine pairs rise, three fall, three are tied, so S = 6. The variance is
		// (6*5*17 - 3*2*11) / 18 = 444/18, and z = 5 / sqrt(444/18) = 1.006734.
		assertThat(MannKendall.pValue(series(1, 3, 2, 2, 2, 4))).isCloseTo(0.157030, within(1e-5));
	}

	@Test
	void pValueWhenStrictlyRisingShouldEqualTheValueComputedByHand() {
		// S = 28, variance 8*7*21/18, z = 27 / sqrt(65.333) = 3.340382.
		assertThat(MannKendall.pValue(series(1, 2, 3, 4, 5, 6, 7, 8))).isCloseTo(0.000418, within(1e-6));
	}

	/**
	 * The exact distribution: of all orders of eight different values, how many look at
	 * least as much like growth.
	 */
	@Test
	void pValueWhenEightPointsShouldBeNearThePermutationCount() {
		int[] permutationsByScore = new int[57];
		List<double[]> firstOfScore = new ArrayList<>();
		for (int i = 0; i < permutationsByScore.length; i++) {
			firstOfScore.add(new double[0]);
		}
		permute(new double[] { 1, 2, 3, 4, 5, 6, 7, 8 }, 0, permutationsByScore, firstOfScore);
		int atLeast = 0;
		for (int score = 28; score > 0; score -= 2) {
			atLeast += permutationsByScore[score + 28];
			double exact = atLeast / 40_320.0;
			assertThat(MannKendall.pValue(series(firstOfScore.get(score + 28)))).as("score %d", score)
				.isCloseTo(exact, within(0.01));
		}
	}

	@Test
	void pValueWhenNotRisingShouldBeOne() {
		assertThat(MannKendall.pValue(series(5, 5, 5, 5, 5, 5, 5, 5))).isOne();
		assertThat(MannKendall.pValue(series(8, 7, 6, 5, 4, 3, 2, 1))).isOne();
		assertThat(MannKendall.pValue(series(1, 2, 2, 1))).isOne();
	}

	@Test
	void pValueWhenFewerThanThreePointsShouldBeOne() {
		assertThat(MannKendall.pValue(series())).isOne();
		assertThat(MannKendall.pValue(series(1))).isOne();
		assertThat(MannKendall.pValue(series(1, 2))).isOne();
	}

	@Test
	void pValueWhenOneOutlierShouldChangeLittle() {
		double without = MannKendall.pValue(series(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
		double with = MannKendall.pValue(series(1, 2, 3, 4, 5, 6, 7, 8, 9, 1e12));
		assertThat(with).isEqualTo(without);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0.5", "1, 0.158655254", "1.959963985, 0.025", "3, 0.001349898", "-1, 0.841344746" })
	void upperTailShouldEqualTheTableOfTheNormalDistribution(double z, double probability) {
		assertThat(MannKendall.upperTail(z)).isCloseTo(probability, within(7.5e-8));
	}

	private static void permute(double[] values, int from, int[] permutationsByScore, List<double[]> firstOfScore) {
		if (from == values.length) {
			int score = 0;
			for (int i = 0; i < values.length; i++) {
				for (int j = i + 1; j < values.length; j++) {
					score += Double.compare(values[j], values[i]);
				}
			}
			permutationsByScore[score + 28]++;
			firstOfScore.set(score + 28, values.clone());
			return;
		}
		for (int i = from; i < values.length; i++) {
			swap(values, from, i);
			permute(values, from + 1, permutationsByScore, firstOfScore);
			swap(values, from, i);
		}
	}

	private static void swap(double[] values, int i, int j) {
		double kept = values[i];
		values[i] = values[j];
		values[j] = kept;
	}

	private static TimeSeries series(double... values) {
		TimeSeries series = new TimeSeries(Math.max(1, values.length));
		for (int i = 0; i < values.length; i++) {
			series.add(Instant.EPOCH.plusSeconds(i), values[i]);
		}
		return series;
	}

}
