package io.leakwatch.core.suspect;

/**
 * Compares how fast two things grow. What belongs together grows at the same pace, or one
 * by a small whole multiple of the other: two threads for each pool, three strings for
 * each order.
 */
final class Pace {

	private Pace() {
	}

	/**
	 * Whether two things grow as if they belonged together.
	 * @param one how fast one grows
	 * @param other how fast the other grows
	 * @param mostMultiple the largest multiple, of either
	 * @param tolerance how far from a whole multiple, as a share
	 * @return whether the larger is a whole multiple of the smaller
	 */
	static boolean isSame(double one, double other, int mostMultiple, double tolerance) {
		double smaller = Math.min(one, other);
		if (smaller <= 0) {
			return false;
		}
		double ratio = Math.max(one, other) / smaller;
		long multiple = Math.round(ratio);
		return multiple <= mostMultiple && Math.abs(ratio - multiple) <= tolerance * multiple;
	}

}
