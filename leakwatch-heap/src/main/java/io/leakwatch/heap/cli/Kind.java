package io.leakwatch.heap.cli;

/** What a value is, and so how text shows it. */
enum Kind {

	/** A count, with thousands set apart. */
	COUNT,

	/** A difference of counts. */
	MORE,

	/** Bytes, in the unit that suits. */
	BYTES,

	/** A difference of bytes. */
	MORE_BYTES,

	/** A part of a whole, from 0 to 1. */
	SHARE,

	/** A text as it is. */
	TEXT,

	/** The binary name of a class. */
	CLASS,

	/** Words with names in them: a field, a holder, a path. */
	WORDS,

	/** A list of texts, one a line, below its row. */
	LINES,

	/** How far the {@link #WORDS} of the row are indented; not shown itself. */
	DEPTH;

	boolean isNumber() {
		return compareTo(TEXT) < 0;
	}

}
