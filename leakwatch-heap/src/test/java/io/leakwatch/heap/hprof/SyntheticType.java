package io.leakwatch.heap.hprof;

/**
 * The type of a field or of an array's elements, with its code in the file.
 */
public enum SyntheticType {

	/** A reference; as wide as the file's identifiers. */
	OBJECT(2, 0, 'L'),

	/** A {@code boolean}. */
	BOOLEAN(4, 1, 'Z'),

	/** A {@code char}. */
	CHAR(5, 2, 'C'),

	/** A {@code float}. */
	FLOAT(6, 4, 'F'),

	/** A {@code double}. */
	DOUBLE(7, 8, 'D'),

	/** A {@code byte}. */
	BYTE(8, 1, 'B'),

	/** A {@code short}. */
	SHORT(9, 2, 'S'),

	/** An {@code int}. */
	INT(10, 4, 'I'),

	/** A {@code long}. */
	LONG(11, 8, 'J');

	private final int code;

	private final int bytes;

	private final char letter;

	SyntheticType(int code, int bytes, char letter) {
		this.code = code;
		this.bytes = bytes;
		this.letter = letter;
	}

	/**
	 * The code that stands for this type in a dump.
	 * @return the code
	 */
	public int code() {
		return this.code;
	}

	/**
	 * The width of a value in a dump.
	 * @param idSize the width of an identifier, for references
	 * @return bytes
	 */
	public int bytes(int idSize) {
		return (this == OBJECT) ? idSize : this.bytes;
	}

	/**
	 * The name of the class of arrays of this primitive type.
	 * @return the binary name, such as {@code [I}
	 */
	public String arrayClassName() {
		if (this == OBJECT) {
			throw new IllegalArgumentException("an array of references is named after the class of its elements");
		}
		return "[" + this.letter;
	}

	static SyntheticType ofArrayClassName(String name) {
		for (SyntheticType each : values()) {
			if (each != OBJECT && each.arrayClassName().equals(name)) {
				return each;
			}
		}
		throw new IllegalArgumentException(name + " is no class of arrays of primitive values");
	}

	static SyntheticType ofPrimitive(Class<?> type) {
		return ofArrayClassName("[" + type.descriptorString());
	}

}
