package io.leakwatch.core.trend;

import java.util.Arrays;
import java.util.List;

/**
 * The closest description of some values as a constant and multiples of other series,
 * none of them negative: what is there anyway, and so many for each of those.
 *
 * <p>
 * Least squares by coordinate descent, one multiple after the other, each at its best
 * while the others stand. The constant is taken out beforehand; where the best one would
 * be negative it is zero, and the multiples are looked for again without it. Series that
 * look alike share the multiples among them in any way, which does not matter here: only
 * the distance that remains is told.
 */
public final class NonNegativeFit {

	private static final int SWEEPS = 200;

	private NonNegativeFit() {
	}

	/**
	 * How far the values stay from their closest description.
	 * @param values the values
	 * @param parts the series that may make them up, each as long as the values
	 * @return the root mean square of the distances, in the values' unit
	 */
	public static double distance(double[] values, List<double[]> parts) {
		double[] rest = centered(values);
		double[] multiples = descend(rest, parts.stream().map(NonNegativeFit::centered).toList());
		double constant = mean(values);
		for (int i = 0; i < multiples.length; i++) {
			constant -= multiples[i] * mean(parts.get(i));
		}
		if (constant < 0) {
			rest = values.clone();
			descend(rest, parts);
		}
		return rootMeanSquare(rest);
	}

	/** Takes the best multiples of the parts out of the rest. */
	private static double[] descend(double[] rest, List<double[]> parts) {
		double[] multiples = new double[parts.size()];
		for (int sweep = 0; sweep < SWEEPS; sweep++) {
			for (int i = 0; i < multiples.length; i++) {
				double[] part = parts.get(i);
				double square = product(part, part);
				if (square > 0) {
					double multiple = Math.max(0, multiples[i] + product(part, rest) / square);
					subtract(rest, multiple - multiples[i], part);
					multiples[i] = multiple;
				}
			}
		}
		return multiples;
	}

	private static void subtract(double[] rest, double multiple, double[] part) {
		for (int i = 0; i < rest.length; i++) {
			rest[i] -= multiple * part[i];
		}
	}

	private static double product(double[] one, double[] other) {
		double sum = 0;
		for (int i = 0; i < one.length; i++) {
			sum += one[i] * other[i];
		}
		return sum;
	}

	private static double[] centered(double[] values) {
		double mean = mean(values);
		return Arrays.stream(values).map((value) -> value - mean).toArray();
	}

	private static double mean(double[] values) {
		return Arrays.stream(values).average().orElse(0);
	}

	private static double rootMeanSquare(double[] values) {
		return Math.sqrt(product(values, values) / Math.max(1, values.length));
	}

}
