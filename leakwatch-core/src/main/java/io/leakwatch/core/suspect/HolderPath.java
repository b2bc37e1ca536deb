package io.leakwatch.core.suspect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a holder's name, as the census writes it:
 * {@code bean 'orders' → com.acme.Orders.recent (java.util.ArrayList)}.
 *
 * @param root what a person can look up: {@code bean 'orders'}, or {@code static} for a
 * static field
 * @param path all but the container's class
 * @param declaringClass the class that has the last field, empty where the name tells
 * none
 * @param field the last field, or what stands in its place
 */
record HolderPath(String root, String path, String declaringClass, String field) {

	private static final Pattern CONTAINER_CLASS = Pattern.compile(" \\([^()]*\\)$");

	/** Class and field; below the elements of a field, fields stand without a class. */
	private static final Pattern LAST_FIELD = Pattern
		.compile("(?:^|[ .])((?:[\\w$]+\\.)*[\\w$]+)\\.([\\w$]+(?:\\[\\*][\\w$.\\[\\]*]*)?)$");

	private static final String ARROW = " → ";

	private static final String STATIC = "static ";

	static HolderPath of(String holder) {
		String path = CONTAINER_CLASS.matcher(holder).replaceFirst("");
		int firstArrow = path.indexOf(ARROW);
		String root = (firstArrow >= 0) ? path.substring(0, firstArrow) : path;
		String lastStep = path.substring(path.lastIndexOf(ARROW) + 1);
		Matcher field = LAST_FIELD.matcher(lastStep);
		boolean named = field.find();
		return new HolderPath(root.startsWith(STATIC) ? STATIC.strip() : root, path, named ? field.group(1) : "",
				named ? field.group(2) : lastStep.strip());
	}

	/** Whether this is held by what the other holds. */
	boolean isBelow(HolderPath other) {
		return this.path.length() > other.path.length() && this.path.startsWith(other.path)
				&& !Character.isJavaIdentifierPart(this.path.charAt(other.path.length()));
	}

	/** How many fields lead to it. */
	int depth() {
		return this.path.split(ARROW, -1).length + (int) this.path.chars().filter((each) -> each == '[').count();
	}

	/** The last field with the simple name of its class, as {@code Orders.recent}. */
	String shortField() {
		return this.declaringClass.isEmpty() ? this.field : simpleName(this.declaringClass) + "." + this.field;
	}

	static String simpleName(String className) {
		return className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
	}

}
