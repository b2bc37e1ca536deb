package io.leakwatch.core.census;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.leakwatch.core.census.Found.Container;
import org.jspecify.annotations.Nullable;

/**
 * Reads the array that a field refers to now.
 */
final class ArrayField {

	private ArrayField() {
	}

	/**
	 * The array's length.
	 * @param owner whose field it is: an object, a class, or an atomic reference
	 * @param field the field, {@code null} for an atomic reference
	 * @param shapes the shapes of classes
	 * @return the length, 0 where the field is empty, or refers to something else
	 */
	static long length(Object owner, @Nullable String field, ObjectShapes shapes) {
		return (value(owner, field, shapes) instanceof Object[] array) ? array.length : 0;
	}

	/** The array that was found, or what is there now. */
	static @Nullable Object value(Container found, ObjectShapes shapes) {
		return value(found.subject(), found.field(), shapes);
	}

	private static @Nullable Object value(Object owner, @Nullable String field, ObjectShapes shapes) {
		if (field == null) {
			return (owner instanceof AtomicReference<?> reference) ? reference.getPlain() : null;
		}
		List<FieldReader> fields = (owner instanceof Class<?> type) ? shapes.statics(type)
				: shapes.of(owner.getClass()).fields();
		for (FieldReader each : fields) {
			if (each.isNamed(field)) {
				return each.reference(owner);
			}
		}
		return null;
	}

}
