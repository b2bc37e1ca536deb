package io.leakwatch.heap.cli;

import io.leakwatch.heap.profile.PrintableName;

/**
 * Names as text has them: fit for a terminal, arrays as the language writes them,
 * packages shortened. Written without regular expressions and streams, which take longer
 * to load than a histogram to print.
 */
final class Names {

	/** No name is shown longer. */
	private static final int LONGEST = 2_000;

	private Names() {
	}

	/** A name from elsewhere without what would control the terminal. */
	static String printable(String name) {
		if (name.length() <= LONGEST) {
			boolean plain = true;
			for (int i = 0; i < name.length(); i++) {
				char character = name.charAt(i);
				plain &= character >= ' ' && character < 0x7f;
			}
			if (plain) {
				return name;
			}
		}
		return PrintableName.of(name, LONGEST);
	}

	/** The name of a class with arrays as the language writes them. */
	static String readable(String className) {
		int dimensions = 0;
		while (dimensions < className.length() && className.charAt(dimensions) == '[') {
			dimensions++;
		}
		if (dimensions == 0) {
			return className;
		}
		String element = className.substring(dimensions);
		if (element.length() > 2 && element.charAt(0) == 'L' && element.endsWith(";")) {
			return element.substring(1, element.length() - 1) + "[]".repeat(dimensions);
		}
		String primitive = (element.length() == 1) ? primitive(element.charAt(0)) : "";
		return primitive.isEmpty() ? className : primitive + "[]".repeat(dimensions);
	}

	private static String primitive(char letter) {
		return switch (letter) {
			case 'Z' -> "boolean";
			case 'B' -> "byte";
			case 'C' -> "char";
			case 'S' -> "short";
			case 'I' -> "int";
			case 'J' -> "long";
			case 'F' -> "float";
			case 'D' -> "double";
			default -> "";
		};
	}

	/**
	 * The name of a class within a width: packages become their first letters, from the
	 * left, as far as it takes; what is too long even so is cut in the middle.
	 */
	static String fitted(String className, int width) {
		String name = printable(readable(className));
		int start = 0;
		while (name.length() > width) {
			int dot = name.indexOf('.', start);
			if (dot < 0) {
				break;
			}
			name = name.substring(0, Math.min(start + 1, dot)) + name.substring(dot);
			start = Math.min(start + 1, dot) + 1;
		}
		return cut(name, width);
	}

	/** A text within a width, its middle left out where it is too long. */
	static String cut(String text, int width) {
		if (text.length() <= width) {
			return text;
		}
		int head = (width - 1) / 2;
		int tail = text.length() - (width - 1 - head);
		if (Character.isHighSurrogate(text.charAt(head - 1))) {
			head--;
		}
		if (Character.isLowSurrogate(text.charAt(tail))) {
			tail++;
		}
		return text.substring(0, head) + "…" + text.substring(tail);
	}

	/**
	 * Words with names in them, each without its package; what is quoted stays as it is.
	 */
	static String shortened(String words) {
		String text = printable(words);
		StringBuilder result = new StringBuilder(text.length());
		boolean quoted = false;
		for (int i = 0; i < text.length();) {
			char character = text.charAt(i);
			quoted ^= character == '\'';
			int end = i;
			while (!quoted && end < text.length() && isOfName(text.charAt(end))) {
				end++;
			}
			if (end > i) {
				result.append(withoutPackage(readable(text.substring(i, end))));
				i = end;
			}
			else {
				result.append(character);
				i++;
			}
		}
		return result.toString();
	}

	private static boolean isOfName(char character) {
		return Character.isJavaIdentifierPart(character) || character == '.' || character == '[' || character == ';'
				|| character == '/' || character == '+';
	}

	/**
	 * The part from the first name in capitals on, or the last two parts where there is
	 * none.
	 */
	private static String withoutPackage(String name) {
		int start = 0;
		for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', start)) {
			if (Character.isUpperCase(name.charAt(start)) || name.charAt(start) == '$') {
				return name.substring(start);
			}
			start = dot + 1;
			if (start == name.length()) {
				return name;
			}
		}
		if (Character.isUpperCase(name.charAt(start)) || start == 0) {
			return name.substring(start);
		}
		return name.substring(name.lastIndexOf('.', start - 2) + 1);
	}

}
