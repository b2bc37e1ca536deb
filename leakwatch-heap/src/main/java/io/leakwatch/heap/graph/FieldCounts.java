package io.leakwatch.heap.graph;

/**
 * How many fields of each size a class has. Fields of one size can change places without
 * changing the size of the object, so nothing else is needed for the layout.
 *
 * @param references fields that hold a reference
 * @param eightBytes fields of eight bytes: {@code long} and {@code double}
 * @param fourBytes fields of four bytes: {@code int} and {@code float}
 * @param twoBytes fields of two bytes: {@code short} and {@code char}
 * @param oneByte fields of one byte: {@code byte} and {@code boolean}
 */
record FieldCounts(int references, int eightBytes, int fourBytes, int twoBytes, int oneByte) {

	static final FieldCounts NONE = new FieldCounts(0, 0, 0, 0, 0);

	static FieldCounts of(byte[] basicTypes) {
		if (basicTypes.length == 0) {
			return NONE;
		}
		int references = 0;
		int longs = 0;
		int ints = 0;
		int shorts = 0;
		int bytes = 0;
		for (byte type : basicTypes) {
			switch (elementBytes(type, 0)) {
				case 0 -> references++;
				case 8 -> longs++;
				case 4 -> ints++;
				case 2 -> shorts++;
				default -> bytes++;
			}
		}
		return new FieldCounts(references, longs, ints, shorts, bytes);
	}

	/**
	 * Size of a value of a basic type of HPROF.
	 * @param basicType the type's number in the format
	 * @param referenceBytes what to answer for a reference
	 * @return the size in bytes
	 */
	static int elementBytes(int basicType, int referenceBytes) {
		return switch (basicType) {
			case 2 -> referenceBytes;
			case 4, 8 -> 1;
			case 5, 9 -> 2;
			case 6, 10 -> 4;
			case 7, 11 -> 8;
			default -> throw new IllegalArgumentException("No basic type of HPROF: " + basicType);
		};
	}

	FieldCounts plus(FieldCounts other) {
		return new FieldCounts(this.references + other.references, this.eightBytes + other.eightBytes,
				this.fourBytes + other.fourBytes, this.twoBytes + other.twoBytes, this.oneByte + other.oneByte);
	}

	/**
	 * What is left when some fields are placed elsewhere; never below none, for a dump
	 * may show a class that is not quite the one expected.
	 * @param other the fields to leave out
	 * @return the rest
	 */
	FieldCounts minus(FieldCounts other) {
		return new FieldCounts(Math.max(0, this.references - other.references),
				Math.max(0, this.eightBytes - other.eightBytes), Math.max(0, this.fourBytes - other.fourBytes),
				Math.max(0, this.twoBytes - other.twoBytes), Math.max(0, this.oneByte - other.oneByte));
	}

	boolean isEmpty() {
		return equals(NONE);
	}

	long packedBytes(int referenceBytes) {
		return (long) this.references * referenceBytes + this.eightBytes * 8L + this.fourBytes * 4L + this.twoBytes * 2L
				+ this.oneByte;
	}

}
