package io.leakwatch.heap.graph;

/**
 * What decides how a HotSpot VM lays out its objects.
 *
 * @param release feature release of the JDK, such as 17
 * @param wordBytes size of a machine word: 4 or 8
 * @param referenceBytes size of a reference to an object: 4 when compressed
 * @param headerBytes size of an object's header, where its fields begin: 8 with compact
 * headers or in a 32-bit VM, 12 with compressed class pointers, otherwise 16
 * @param alignmentBytes what the size of each object is a multiple of
 */
record VmParameters(int release, int wordBytes, int referenceBytes, int headerBytes, int alignmentBytes) {

	static final int FIELDS_FILL_GAPS_SINCE = 15;

	static final int ARRAYS_UNALIGNED_SINCE = 23;

	static final int COMPACT_HEADERS_SINCE = 24;

	static long align(long bytes, int unit) {
		return (bytes + unit - 1) / unit * unit;
	}

	long objectBytes(long end) {
		return align(align(end, this.wordBytes), this.alignmentBytes);
	}

	/**
	 * Where the elements of an array begin. The length follows the header; up to JDK 22
	 * the elements begin at the next word, since JDK 23 right after the length if their
	 * own alignment allows it.
	 * @param basicType HPROF basic type of the elements
	 * @return the offset in bytes
	 */
	int arrayBase(int basicType) {
		int lengthEnd = this.headerBytes + 4;
		int elementBytes = FieldCounts.elementBytes(basicType, this.referenceBytes);
		boolean toWord = this.wordBytes == 8 && this.release < ARRAYS_UNALIGNED_SINCE;
		return (int) align(lengthEnd, (toWord || elementBytes == 8) ? 8 : 4);
	}

	boolean compactHeaders() {
		return this.wordBytes == 8 && this.headerBytes == 8;
	}

	FieldPacking packing() {
		return (this.release < FIELDS_FILL_GAPS_SINCE) ? new RowPacking(this) : new GapFillingPacking(this);
	}

	String describe() {
		StringBuilder words = new StringBuilder();
		if (this.wordBytes == 4) {
			words.append("32-bit");
		}
		else if (compactHeaders()) {
			words.append((this.referenceBytes == 4) ? "compressed" : "uncompressed")
				.append(" references and compact headers");
		}
		else {
			boolean compressedClasses = this.headerBytes == 12;
			boolean compressedReferences = this.referenceBytes == 4;
			words.append(compressedReferences ? "compressed references" : "uncompressed references");
			if (compressedClasses == compressedReferences) {
				words.append(" and class pointers");
			}
			else {
				words.append(compressedClasses ? ", compressed class pointers" : ", uncompressed class pointers");
			}
		}
		words.append(", ").append(this.alignmentBytes).append("-byte alignment, fields as ");
		words.append((this.release < FIELDS_FILL_GAPS_SINCE) ? "before JDK 15" : "since JDK 15");
		if (this.release >= ARRAYS_UNALIGNED_SINCE) {
			words.append(", arrays as since JDK 23");
		}
		return words.toString();
	}

}
