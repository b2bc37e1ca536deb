package io.leakwatch.heap.cli;

/**
 * Numbers as text has them. Written without {@code String.format}, which takes longer to
 * load than a histogram to print.
 */
final class Numbers {

	private static final String[] UNITS = { "KB", "MB", "GB", "TB", "PB", "EB" };

	private static final int STEP = 1_024;

	private Numbers() {
	}

	/** A number with its thousands set apart: {@code 12,345}. */
	static String count(long number) {
		String digits = Long.toString(number);
		int start = (number < 0) ? 1 : 0;
		StringBuilder text = new StringBuilder(digits.length() + 6).append(digits, 0, start);
		for (int i = start; i < digits.length(); i++) {
			if (i > start && (digits.length() - i) % 3 == 0) {
				text.append(',');
			}
			text.append(digits.charAt(i));
		}
		return text.toString();
	}

	/** Bytes in the unit that suits: {@code 12.3 MB}. */
	static String bytes(long bytes) {
		if (bytes < 0) {
			return "-" + bytes((bytes == Long.MIN_VALUE) ? Long.MAX_VALUE : -bytes);
		}
		if (bytes < STEP) {
			return count(bytes) + " B";
		}
		int unit = 0;
		long whole = bytes;
		long rest = 0;
		while (whole >= STEP) {
			rest = whole % STEP;
			whole /= STEP;
			unit++;
		}
		long tenths = whole * 10 + (rest * 10 + STEP / 2) / STEP;
		if (tenths >= STEP * 10 && unit < UNITS.length) {
			tenths = 10;
			unit++;
		}
		return count(tenths / 10) + "." + tenths % 10 + " " + UNITS[unit - 1];
	}

	/** A part of a whole: {@code 12.3 %}. */
	static String share(double share) {
		long tenths = Math.round(share * 1_000);
		return ((tenths < 0) ? "-" : "") + Math.abs(tenths / 10) + "." + Math.abs(tenths % 10) + " %";
	}

	/** With a sign before what is more than nothing. */
	static String signed(long number, String text) {
		return (number > 0) ? "+" + text : text;
	}

}
