package io.leakwatch.core.census;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

import org.jspecify.annotations.Nullable;

/**
 * A plain read of one field, which runs no code of anybody's. Holds the field's class.
 */
final class FieldReader implements Step {

	private static final long BY_REFLECTION = -1;

	private final Field field;

	private final long offset;

	private FieldReader(Field field, long offset) {
		this.field = field;
		this.offset = offset;
	}

	/**
	 * A reader of a field.
	 * @param field the field; if it is static its class must be initialised before it is
	 * read
	 * @return the reader, or {@code null} where the field cannot be read silently
	 */
	static @Nullable FieldReader of(Field field) {
		if (isOpened(field)) {
			return new FieldReader(field, BY_REFLECTION);
		}
		RawMemory memory = RawMemory.available();
		if (memory == null) {
			return null;
		}
		long offset = isStatic(field) ? 0 : memory.offset(field);
		return (offset < 0) ? null : new FieldReader(field, offset);
	}

	private static boolean isOpened(Field field) {
		try {
			return field.trySetAccessible();
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	private static boolean isStatic(Field field) {
		return Modifier.isStatic(field.getModifiers());
	}

	/**
	 * The declaring class and the field, as in {@code com.acme.Order.lines}. Put together
	 * with each call, as there are many fields and few are ever named.
	 */
	@Override
	public String name() {
		return ClassText.name(this.field.getDeclaringClass()) + "." + this.field.getName();
	}

	boolean isNamed(String name) {
		return name.endsWith(this.field.getName()) && name.equals(name());
	}

	boolean isStatic() {
		return isStatic(this.field);
	}

	Field field() {
		return this.field;
	}

	/**
	 * Reads a reference.
	 * @param object whose field it is; of no meaning where the field is static
	 * @return the value, {@code null} too where it cannot be read
	 */
	@Nullable Object reference(@Nullable Object object) {
		try {
			if (this.offset == BY_REFLECTION) {
				return this.field.get(object);
			}
			RawMemory memory = RawMemory.available();
			if (memory == null) {
				return null;
			}
			if (isStatic()) {
				return memory.staticReference(this.field);
			}
			return (object != null && this.field.getDeclaringClass().isInstance(object))
					? memory.reference(object, this.offset) : null;
		}
		catch (IllegalAccessException | RuntimeException ex) {
			// What cannot be read is left out.
			return null;
		}
	}

	/**
	 * Reads an {@code int} or a {@code long}.
	 * @param object whose field it is
	 * @return the value, -1 where it cannot be read
	 */
	long number(Object object) {
		try {
			if (this.offset == BY_REFLECTION) {
				return this.field.getLong(object);
			}
			RawMemory memory = RawMemory.available();
			if (memory == null || !this.field.getDeclaringClass().isInstance(object)) {
				return -1;
			}
			return (this.field.getType() == int.class) ? memory.intValue(object, this.offset)
					: memory.longValue(object, this.offset);
		}
		catch (IllegalAccessException | RuntimeException ex) {
			return -1;
		}
	}

}
