package io.leakwatch.core.signal;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the JVM has taken from the system for itself, by category, where it runs with
 * {@code -XX:NativeMemoryTracking}. A read costs less than a millisecond. For one thread.
 */
public final class NativeMemoryTracking {

	private static final Pattern CATEGORY = Pattern.compile("^-\\s+(\\S.*?) \\(reserved=\\d+KB, committed=(\\d+)KB",
			Pattern.MULTILINE);

	private final boolean on;

	/**
	 * The tracking of this JVM, which is on or off from its start.
	 */
	public NativeMemoryTracking() {
		String mode = JvmSignals.option("NativeMemoryTracking");
		this.on = mode != null && !mode.equals("off");
	}

	/**
	 * The memory that is committed now.
	 * @return bytes by the JVM's name of the category, such as {@code Internal}; none
	 * where it is not tracked
	 */
	public Map<String, Long> read() {
		String summary = this.on ? DiagnosticCommand.run("vmNativeMemory") : null;
		return (summary != null) ? parse(summary) : Map.of();
	}

	static Map<String, Long> parse(String summary) {
		Map<String, Long> categories = new TreeMap<>();
		Matcher matcher = CATEGORY.matcher(summary);
		while (matcher.find()) {
			categories.put(matcher.group(1), Long.parseLong(matcher.group(2)) << 10);
		}
		return categories;
	}

}
