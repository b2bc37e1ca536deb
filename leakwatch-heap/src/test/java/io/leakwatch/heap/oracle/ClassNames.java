package io.leakwatch.heap.oracle;

import java.util.Map;

/**
 * Names of classes as the peers write them, turned into the JVM's.
 */
final class ClassNames {

	private static final Map<String, String> PRIMITIVES = Map.of("boolean", "Z", "byte", "B", "char", "C", "short", "S",
			"int", "I", "long", "J", "float", "F", "double", "D");

	private ClassNames() {
	}

	/**
	 * The binary name of a class that may be written as in a source: {@code int[][]} is
	 * {@code [[I}.
	 */
	static String binary(String name) {
		if (!name.endsWith("[]")) {
			return name;
		}
		String element = name.substring(0, name.indexOf("[]"));
		int dimensions = (name.length() - element.length()) / 2;
		return "[".repeat(dimensions) + PRIMITIVES.getOrDefault(element, "L" + element + ";");
	}

}
