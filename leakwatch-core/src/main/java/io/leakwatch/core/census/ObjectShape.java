package io.leakwatch.core.census;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the walk does with the objects of one class.
 *
 * @param way how it goes on from such an object
 * @param container how to read it where it is a container
 * @param fields the fields that it goes along
 */
record ObjectShape(Way way, @Nullable ContainerReader container, List<FieldReader> fields) {

	static final ObjectShape LEAF = new ObjectShape(Way.LEAF, null, List.of());

	boolean isLeaf() {
		return this.way == Way.LEAF;
	}

	/**
	 * How the walk goes on from an object.
	 */
	enum Way {

		/** Not at all. */
		LEAF,

		/** Along its fields, and to its entries where it is a container. */
		FIELDS,

		/** As {@link #FIELDS}, and where it is in a container its fields are no steps. */
		ENTRY,

		/** To the handler of a proxy of the JDK. */
		PROXY,

		/** To what an atomic reference refers to. */
		REFERENCE,

		/** To the slots of an atomic array. */
		SLOTS,

		/** As {@link #FIELDS}, and to the queue of a pool, by its method. */
		POOL

	}

}
