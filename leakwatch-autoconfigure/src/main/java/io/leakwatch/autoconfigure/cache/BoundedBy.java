package io.leakwatch.autoconfigure.cache;

import java.util.Locale;

/**
 * Who set a cache's maximum size, as far as is known.
 */
enum BoundedBy {

	LEAKWATCH, APPLICATION, NONE;

	/** The word for it in {@link CacheReading#boundedBy()}. */
	String value() {
		return name().toLowerCase(Locale.ROOT);
	}

}
