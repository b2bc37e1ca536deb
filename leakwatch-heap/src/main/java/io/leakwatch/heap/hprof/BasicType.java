package io.leakwatch.heap.hprof;

import java.util.List;

/** The types of fields and array elements, as HPROF numbers them. */
public final class BasicType {

	/** A reference to an object. */
	public static final int OBJECT = 2;

	/** {@code boolean}. */
	public static final int BOOLEAN = 4;

	/** {@code char}. */
	public static final int CHAR = 5;

	/** {@code float}. */
	public static final int FLOAT = 6;

	/** {@code double}. */
	public static final int DOUBLE = 7;

	/** {@code byte}. */
	public static final int BYTE = 8;

	/** {@code short}. */
	public static final int SHORT = 9;

	/** {@code int}. */
	public static final int INT = 10;

	/** {@code long}. */
	public static final int LONG = 11;

	private static final byte[] SIZES = { 0, 0, 0, 0, 1, 2, 4, 8, 1, 2, 4, 8 };

	private static final String[] ARRAY_NAMES = { "", "", "", "", "[Z", "[C", "[F", "[D", "[B", "[S", "[I", "[J" };

	/** In the order of their numbers, from that of {@code boolean}. */
	private static final List<String> PRIMITIVES = List.of("boolean", "char", "float", "double", "byte", "short", "int",
			"long");

	private BasicType() {
	}

	/**
	 * How many bytes a value takes in the dump.
	 * @param type the number of the type
	 * @param idSize the size of a reference in the dump
	 * @return bytes, 0 for a number that is no type
	 */
	public static int size(int type, int idSize) {
		if (type == OBJECT) {
			return idSize;
		}
		return (type >= BOOLEAN && type <= LONG) ? SIZES[type] : 0;
	}

	/**
	 * The class of an array of values of a type.
	 * @param elementType the number of the type
	 * @return the name as {@code Class.getName} has it, empty for a number that is no
	 * primitive type
	 */
	public static String arrayClassName(int elementType) {
		return (elementType >= BOOLEAN && elementType <= LONG) ? ARRAY_NAMES[elementType] : "";
	}

	/**
	 * The name of a class where an array may be written as in the language, which Android
	 * does.
	 * @param name a name such as {@code com.acme.Order}, {@code int[]} or
	 * {@code [Lcom.acme.Order;}
	 * @return the name as {@code Class.getName} has it
	 */
	static String className(String name) {
		if (!name.endsWith("[]")) {
			return name;
		}
		int end = name.length();
		StringBuilder binary = new StringBuilder();
		while (name.startsWith("[]", end - 2)) {
			binary.append('[');
			end -= 2;
		}
		String element = name.substring(0, end);
		int primitive = PRIMITIVES.indexOf(element);
		if (primitive >= 0) {
			return binary.append(ARRAY_NAMES[BOOLEAN + primitive].charAt(1)).toString();
		}
		return binary.append('L').append(element).append(';').toString();
	}

}
