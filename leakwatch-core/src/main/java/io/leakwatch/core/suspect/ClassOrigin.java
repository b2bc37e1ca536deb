package io.leakwatch.core.suspect;

import java.util.List;

/**
 * Where a class comes from, by its name: the nearer to the application, the more a name
 * tells its developers. The order of the constants is that of preference.
 */
public enum ClassOrigin {

	/** The application's own packages. */
	APPLICATION,

	/** Any other library, or no package at all. */
	LIBRARY,

	/** The JDK and the JVM, arrays of primitives included. */
	JDK,

	/** This library. */
	LEAKWATCH;

	/**
	 * LeakWatch's own classes are no suspects: what it keeps is bounded, and fills after
	 * a start.
	 */
	private static final List<String> OWN_PREFIXES = List.of("io.leakwatch.heap.", "io.leakwatch.core.",
			"io.leakwatch.autoconfigure.", "io.leakwatch.internal.");

	private static final List<String> JDK_PREFIXES = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

	/**
	 * Where a class comes from.
	 * @param className the name as the JVM writes it, {@code [Lcom.acme.Order;} for an
	 * array
	 * @param applicationPackages the packages whose classes are the application's own
	 * @return its origin
	 */
	public static ClassOrigin of(String className, List<String> applicationPackages) {
		String element = elementName(className);
		if (OWN_PREFIXES.stream().anyMatch(element::startsWith)) {
			return LEAKWATCH;
		}
		for (String prefix : applicationPackages) {
			if (element.startsWith(prefix + ".")) {
				return APPLICATION;
			}
		}
		// The JVM's pseudo-classes stand in angle brackets.
		if (isPrimitiveArray(className) || element.startsWith("<")
				|| JDK_PREFIXES.stream().anyMatch(element::startsWith)) {
			return JDK;
		}
		return LIBRARY;
	}

	private static boolean isPrimitiveArray(String className) {
		return className.startsWith("[") && !className.endsWith(";");
	}

	/** The class of an array's elements: {@code [Lcom.acme.Order;} is about orders. */
	private static String elementName(String className) {
		int dimensions = className.lastIndexOf('[') + 1;
		return className.endsWith(";") ? className.substring(dimensions + 1, className.length() - 1)
				: className.substring(dimensions);
	}

}
