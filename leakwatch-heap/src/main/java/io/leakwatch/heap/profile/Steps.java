package io.leakwatch.heap.profile;

/**
 * Takes apart the fields and class names that the steps of a path are written with.
 */
public final class Steps {

	private static final String STATIC = "static ";

	private static final String[] JDK = { "java.", "javax.", "jdk.", "sun.", "com.sun." };

	private Steps() {
	}

	/**
	 * The class that declares a field.
	 * @param field a step as {@code com.acme.Bus.listeners} or {@code static
	 * com.acme.Bus.LISTENERS}
	 * @return {@code com.acme.Bus}; empty where the step is no field, but a slot, an
	 * entry or another kind of root
	 */
	public static String declaringClass(String field) {
		int start = field.startsWith(STATIC) ? STATIC.length() : 0;
		int end = field.lastIndexOf('.');
		return (end > start && isName(field, start)) ? field.substring(start, end) : "";
	}

	/** The name of a field without the class that declares it. */
	static String fieldName(String field) {
		return field.substring(field.lastIndexOf('.') + 1);
	}

	/** Words of a root hold blanks and quotes, a field does not. */
	private static boolean isName(String field, int start) {
		return field.indexOf('\'') < 0 && field.indexOf(' ', start) < 0;
	}

	/**
	 * The class of an array's elements, however many dimensions it has.
	 * @param className a binary name
	 * @return {@code java.lang.String} for {@code [[Ljava.lang.String;}, the name itself
	 * where it is not one of an array of objects
	 */
	public static String elementClass(String className) {
		int dimensions = 0;
		while (dimensions < className.length() && className.charAt(dimensions) == '[') {
			dimensions++;
		}
		boolean ofObjects = dimensions > 0 && className.startsWith("L", dimensions) && className.endsWith(";");
		return ofObjects ? className.substring(dimensions + 1, className.length() - 1) : className;
	}

	/**
	 * Whether a class comes with the JDK, as arrays of primitives do.
	 * @param className a binary name, of an array too
	 * @return whether it is the JDK's
	 */
	public static boolean isJdk(String className) {
		String element = elementClass(className);
		for (String prefix : JDK) {
			if (element.startsWith(prefix)) {
				return true;
			}
		}
		return element.startsWith("[");
	}

	/**
	 * Whether a step is a field, static or not, of a class that is not the JDK's.
	 * @param field the step
	 * @return whether an application or a library has named it
	 */
	public static boolean isNamedByApplication(String field) {
		String declaring = declaringClass(field);
		return !declaring.isEmpty() && !isJdk(declaring);
	}

}
