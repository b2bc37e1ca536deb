package io.leakwatch.core.histogram;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.PrintableName;

/**
 * Reads the text of HotSpot's {@code GC.class_histogram}: lines of rank, instances,
 * bytes, class name and, in parentheses, its module. Lines of another form (the heading,
 * the total) are passed over. Names repeat from one histogram to the next, so the strings
 * of the last one are used again.
 */
final class HistogramParser {

	private static final int MAXIMUM_NAME_LENGTH = 500;

	private Map<String, String> knownNames = Map.of();

	List<ClassCount> parse(String text) {
		List<ClassCount> classes = new ArrayList<>();
		Map<String, String> names = new HashMap<>();
		text.lines().forEach((line) -> {
			String[] columns = line.strip().split("\\s+", 5);
			if (columns.length >= 4 && columns[0].endsWith(":") && isNumber(columns[1]) && isNumber(columns[2])) {
				String read = stableName(columns[3]);
				String name = names.computeIfAbsent(read, (key) -> this.knownNames.getOrDefault(key, key));
				classes.add(new ClassCount(name, Long.parseLong(columns[1]), Long.parseLong(columns[2])));
			}
		});
		this.knownNames = names;
		return classes;
	}

	/**
	 * A name that is the same in each run: the classes of lambdas and other hidden
	 * classes carry a number and an address that are not.
	 */
	static String stableName(String className) {
		int end = className.length();
		int lambda = className.indexOf("$$Lambda");
		int hidden = Math.max(className.lastIndexOf("/0x"), className.lastIndexOf("+0x"));
		if (lambda >= 0) {
			end = lambda + "$$Lambda".length();
		}
		else if (hidden > 0) {
			end = hidden;
		}
		return PrintableName.of(className.substring(0, end), MAXIMUM_NAME_LENGTH);
	}

	private static boolean isNumber(String text) {
		return !text.isEmpty() && text.chars().allMatch((character) -> character >= '0' && character <= '9');
	}

}
