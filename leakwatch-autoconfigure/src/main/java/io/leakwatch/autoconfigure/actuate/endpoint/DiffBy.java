package io.leakwatch.autoconfigure.actuate.endpoint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What the rows of a comparison are.
 */
enum DiffBy {

	/** Classes, which every snapshot knows. */
	CLASS,

	/** Places that hold what piled up, which heap dumps alone know, as all below. */
	PATH,

	/** Beans of Spring. */
	BEAN,

	/** Class loaders. */
	LOADER;

	static final String ALL = "class, path, bean or loader";

	static Optional<DiffBy> of(String word) {
		return Arrays.stream(values()).filter((by) -> by.word().equals(word)).findFirst();
	}

	/** The parameter's value. */
	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

	boolean needsHeapDumps() {
		return this != CLASS;
	}

}
