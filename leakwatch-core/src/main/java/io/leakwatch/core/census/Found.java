package io.leakwatch.core.census;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The containers that a pass found by one path.
 */
final class Found {

	/** More containers of one path are not followed one by one. */
	static final int MOST = 256;

	private final List<Container> containers = new ArrayList<>(1);

	private boolean tooMany;

	private long entries;

	void addContainer(Object container, long size) {
		add(new Container(container, null, false, size));
	}

	/**
	 * Adds an array by the field that it is in, since an array that grows is another one.
	 * @param owner whose field it is; the class where the field is static
	 * @param field the field, {@code null} where the owner is an atomic reference
	 * @param length the array's length
	 */
	void addArray(Object owner, @Nullable FieldReader field, long length) {
		add(new Container(owner, (field != null) ? field.name() : null, true, length));
	}

	private void add(Container container) {
		this.entries += container.size();
		if (this.containers.size() < MOST) {
			this.containers.add(container);
		}
		else {
			this.tooMany = true;
		}
	}

	List<Container> containers() {
		return this.containers;
	}

	boolean isTooMany() {
		return this.tooMany;
	}

	long entries() {
		return this.entries;
	}

	/**
	 * A container.
	 *
	 * @param subject the container, or whose field an array is in
	 * @param field the field an array is in
	 * @param isArray whether it is an array
	 * @param size its size when it was found
	 */
	record Container(Object subject, @Nullable String field, boolean isArray, long size) {
	}

}
