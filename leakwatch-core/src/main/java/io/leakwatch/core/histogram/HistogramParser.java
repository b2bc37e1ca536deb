package io.leakwatch.core.histogram;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.PrintableName;
import io.leakwatch.heap.profile.StableName;

/**
 * Reads the text of HotSpot's {@code GC.class_histogram}: lines of rank, instances,
 * bytes, class name and, in parentheses, its module. A class name may hold spaces, as
 * some languages' compilers make them. Lines of another form (the heading, the total) are
 * passed over. Names repeat from one histogram to the next, so the strings of the last
 * one are used again.
 */
final class HistogramParser {

	private static final int MAXIMUM_NAME_LENGTH = 500;

	/** So many digits always fit a {@code long}. */
	private static final int MOST_DIGITS = 18;

	private static final Pattern MODULE = Pattern.compile(" \\([^()\\s]+\\)$");

	private Map<String, String> knownNames = Map.of();

	List<ClassCount> parse(String text) {
		List<ClassCount> classes = new ArrayList<>();
		Map<String, String> names = new HashMap<>();
		text.lines().forEach((line) -> {
			String[] columns = line.strip().split("\\s+", 4);
			if (columns.length == 4 && columns[0].endsWith(":") && isNumber(columns[1]) && isNumber(columns[2])) {
				String read = PrintableName.of(StableName.ofClass(MODULE.matcher(columns[3]).replaceFirst("")),
						MAXIMUM_NAME_LENGTH);
				String name = names.computeIfAbsent(read, (key) -> this.knownNames.getOrDefault(key, key));
				classes.add(new ClassCount(name, Long.parseLong(columns[1]), Long.parseLong(columns[2])));
			}
		});
		this.knownNames = names;
		return classes;
	}

	private static boolean isNumber(String text) {
		return !text.isEmpty() && text.length() <= MOST_DIGITS
				&& text.chars().allMatch((character) -> character >= '0' && character <= '9');
	}

}
