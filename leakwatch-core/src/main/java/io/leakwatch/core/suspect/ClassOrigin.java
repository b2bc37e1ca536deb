package io.leakwatch.core.suspect;

import java.util.List;

/**
 * Where a class comes from, by its name: the nearer to the application, the more a name
 * tells its developers. The order of the constants is that of preference.
 */
enum ClassOrigin {

	APPLICATION, LIBRARY, JDK, LEAKWATCH;

	/**
	 * LeakWatch's own classes are no suspects: what it keeps is bounded, and fills after
	 * a start.
	 */
	private static final List<String> OWN_PREFIXES = List.of("io.leakwatch.heap.", "io.leakwatch.core.",
			"io.leakwatch.autoconfigure.", "io.leakwatch.internal.");

	private static final List<String> JDK_PREFIXES = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

	static ClassOrigin of(String className, List<String> applicationPackages) {
		String element = elementName(className);
		if (OWN_PREFIXES.stream().anyMatch(element::startsWith)) {
			return LEAKWATCH;
		}
		for (String prefix : applicationPackages) {
			if (element.startsWith(prefix + ".")) {
				return APPLICATION;
			}
		}
		// What is left without a package is a primitive array or one of the JVM's own
		// pseudo-classes.
		if (element.indexOf('.') < 0 || JDK_PREFIXES.stream().anyMatch(element::startsWith)) {
			return JDK;
		}
		return LIBRARY;
	}

	/** The class of an array's elements: {@code [Lcom.acme.Order;} is about orders. */
	private static String elementName(String className) {
		int dimensions = className.lastIndexOf('[') + 1;
		boolean ofObjects = dimensions > 0 && className.endsWith(";");
		return ofObjects ? className.substring(dimensions + 1, className.length() - 1)
				: className.substring(dimensions);
	}

}
