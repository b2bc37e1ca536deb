package io.leakwatch.core.census;

import org.jspecify.annotations.Nullable;

/**
 * Knows how to read the size and some entries of the containers of one class, without a
 * lock that anybody else could hold for long, and without any code of the application.
 * Containers change meanwhile: all of it may throw any exception then, which means that
 * nothing could be read this time.
 */
interface ContainerReader {

	/**
	 * How many of a large container's entries are looked at.
	 */
	int SAMPLE = 16;

	/**
	 * Up to so many entries all are looked at.
	 */
	int WHOLE = 32;

	/**
	 * How many entries there are.
	 * @param container the container
	 * @return a number, negative where unknown
	 */
	long size(Object container);

	/**
	 * What the size cannot exceed.
	 * @param container the container
	 * @return the bound, or {@code null} where there is none or none is known
	 */
	default @Nullable Long bound(Object container) {
		return null;
	}

	/**
	 * Hands out entries: all of a small container, some of a large one, spread over it
	 * where that costs no more.
	 * @param container the container
	 * @param entries takes them
	 * @return whether these were all
	 */
	boolean sample(Object container, Entries entries);

	/**
	 * Whether reading the size takes longer the larger it is.
	 * @return whether it is to be read seldom
	 */
	default boolean isSlow() {
		return false;
	}

	/**
	 * Whether the fields of the container are followed besides.
	 * @return whether there may be more in them than entries, of a container that is read
	 * by its fields
	 */
	default boolean hasOtherFields() {
		return false;
	}

	/**
	 * Takes entries.
	 */
	interface Entries {

		/**
		 * An entry.
		 * @param key the key, {@code null} where there is none
		 * @param value the value or element
		 */
		void entry(@Nullable Object key, @Nullable Object value);

	}

}
