package io.leakwatch.heap.cli;

import org.jspecify.annotations.Nullable;

/** Guesses what was meant by a word that is not known. */
final class Spelling {

	private Spelling() {
	}

	/**
	 * The nearest of some words, {@code null} where none is near: half of the letters or
	 * more would have to change.
	 */
	static @Nullable String nearest(String word, String... known) {
		String nearest = null;
		int least = Integer.MAX_VALUE;
		for (String each : known) {
			int distance = each.startsWith(word) ? 1 : distance(word, each);
			if (distance < least) {
				least = distance;
				nearest = each;
			}
		}
		return (nearest != null && least * 2 < Math.min(word.length(), nearest.length())) ? nearest : null;
	}

	/** How many letters are to be put in, left out or changed (Levenshtein, 1966). */
	private static int distance(String a, String b) {
		int[] above = new int[b.length() + 1];
		for (int j = 0; j <= b.length(); j++) {
			above[j] = j;
		}
		for (int i = 1; i <= a.length(); i++) {
			int[] row = new int[b.length() + 1];
			row[0] = i;
			for (int j = 1; j <= b.length(); j++) {
				int changed = above[j - 1] + ((a.charAt(i - 1) == b.charAt(j - 1)) ? 0 : 1);
				row[j] = Math.min(changed, Math.min(row[j - 1], above[j]) + 1);
			}
			above = row;
		}
		return above[b.length()];
	}

}
