package io.leakwatch.core.suspect;

import java.util.Locale;

/**
 * Numbers as a person reads them.
 */
public final class Counts {

	private static final String[] UNITS = { "B", "KB", "MB", "GB", "TB" };

	private Counts() {
	}

	static String number(long value) {
		return String.format(Locale.ROOT, "%,d", value);
	}

	static String number(double value) {
		return (Math.abs(value) < 10 && value != Math.rint(value)) ? String.format(Locale.ROOT, "%.1f", value)
				: number(Math.round(value));
	}

	/**
	 * Bytes in the largest unit of which there is at least one, such as {@code 1.5 MB}.
	 * @param bytes a number of bytes
	 * @return the number, with one decimal, and its unit
	 */
	public static String bytes(double bytes) {
		double value = bytes;
		int unit = 0;
		while (Math.abs(value) >= 1024 && unit < UNITS.length - 1) {
			value /= 1024;
			unit++;
		}
		return String.format(Locale.ROOT, (unit == 0) ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
	}

}
