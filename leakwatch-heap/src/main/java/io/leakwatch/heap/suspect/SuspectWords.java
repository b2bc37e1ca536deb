package io.leakwatch.heap.suspect;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.leakwatch.heap.diff.LoaderDelta;
import io.leakwatch.heap.diff.PathDelta;
import io.leakwatch.heap.profile.LoaderUse;
import io.leakwatch.heap.profile.PathTree;

/**
 * Tells a suspect in one sentence, with short names and round figures.
 */
final class SuspectWords {

	/** Parts of a package's name before a class or another part. */
	private static final Pattern PACKAGE = Pattern.compile("(?<![\\w$.])(?:[a-z_]\\w*\\.)+(?=[A-Za-z_$])");

	/** An array's binary name. */
	private static final Pattern ARRAY = Pattern.compile("(\\[+)(?:L([^;\\s]+);|([ZBCSIJFD])(?!\\w))");

	/** What tells hidden classes of one origin apart: a number and an address. */
	private static final Pattern HIDDEN = Pattern.compile("(?:(?<=\\$\\$Lambda)\\$\\d+)?[+/]0x[0-9a-f]+");

	private static final Pattern QUOTED = Pattern.compile("'[^']*'|[^']+");

	private SuspectWords() {
	}

	static String held(PathTree tree, AccumulationPoints.Point point, double share) {
		long count = tree.count(point.entries());
		boolean several = count > 1 || point.entries() != point.node();
		String what = several ? many(count, tree.className(point.entries())) + ", " : "";
		if (point.count() > 2 * count) {
			what = number(point.count()) + " entries, most bytes in " + what;
		}
		return shortened(tree.holder(point.node())) + " holds " + what + bytes(tree.heldBytes(point.node())) + ": "
				+ percent(share) + " of the heap";
	}

	static String grown(PathDelta delta) {
		String more = (delta.countDelta() > 0) ? many(delta.countDelta(), delta.className()) + ", " : "";
		return shortened(delta.holder()) + " has grown by " + more + bytes(delta.heldBytesDelta()) + ": "
				+ percent(delta.shareOfGrowth()) + " of all growth";
	}

	static String loaders(LoaderUse use, long bytes, double share) {
		return "Class loader '" + use.name() + "' is there " + number(use.count()) + " times, with "
				+ number(use.classCount()) + " classes, and keeps " + bytes(bytes) + ": " + percent(share)
				+ " of the heap";
	}

	static String grown(LoaderDelta delta, double share) {
		return "Class loader '" + delta.name() + "' is there " + number(delta.countDelta()) + " times more, with "
				+ number(delta.classCountDelta()) + " more classes: " + percent(share) + " of all growth";
	}

	static double share(long part, long whole) {
		return (whole > 0) ? Math.min(1, (double) part / whole) : 0;
	}

	/**
	 * Names without packages, arrays as they are written in the language; what stands in
	 * quotes stays as it is.
	 */
	static String shortened(String words) {
		return QUOTED.matcher(words).replaceAll((part) -> {
			String text = part.group();
			return Matcher.quoteReplacement(text.startsWith("'") ? text : withoutPackages(text));
		});
	}

	private static String withoutPackages(String words) {
		String readable = ARRAY.matcher(words).replaceAll((array) -> {
			String element = (array.group(2) != null) ? array.group(2) : primitive(array.group(3));
			return Matcher.quoteReplacement(element + "[]".repeat(array.group(1).length()));
		});
		return HIDDEN.matcher(PACKAGE.matcher(readable).replaceAll("")).replaceAll("");
	}

	private static String primitive(String letter) {
		return switch (letter) {
			case "Z" -> "boolean";
			case "B" -> "byte";
			case "C" -> "char";
			case "S" -> "short";
			case "I" -> "int";
			case "J" -> "long";
			case "F" -> "float";
			default -> "double";
		};
	}

	private static String many(long count, String className) {
		return number(count) + " × " + withoutPackages(className);
	}

	private static String number(long number) {
		return String.format(Locale.ROOT, "%,d", number);
	}

	private static String percent(double share) {
		return Math.round(share * 100) + " %";
	}

	private static String bytes(long bytes) {
		if (bytes < 1_024) {
			return bytes + " bytes";
		}
		if (bytes < 1_024 * 1_024) {
			return String.format(Locale.ROOT, "%.1f KB", bytes / 1_024.0);
		}
		return String.format(Locale.ROOT, "%.1f MB", bytes / (1_024.0 * 1_024));
	}

}
