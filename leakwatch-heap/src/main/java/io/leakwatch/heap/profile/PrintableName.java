package io.leakwatch.heap.profile;

/**
 * A name that comes from elsewhere (a class, a thread, a cache, a label), made fit for a
 * terminal, a log line and a meter's tag.
 */
public final class PrintableName {

	private PrintableName() {
	}

	/**
	 * The name with every character that controls instead of being shown replaced by
	 * {@code ?}: line breaks, escape sequences, marks that turn the direction of text,
	 * halves of surrogate pairs.
	 * @param name the name as it came
	 * @param maximumLength how many characters are kept
	 * @return the printable name
	 */
	public static String of(String name, int maximumLength) {
		String cut = (name.length() > maximumLength) ? name.substring(0, maximumLength) : name;
		if (cut.codePoints().noneMatch(PrintableName::isControl)) {
			return cut;
		}
		StringBuilder printable = new StringBuilder(cut.length());
		cut.codePoints().forEach((character) -> printable.appendCodePoint(isControl(character) ? '?' : character));
		return printable.toString();
	}

	private static boolean isControl(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
					Character.PARAGRAPH_SEPARATOR ->
				true;
			default -> false;
		};
	}

}
