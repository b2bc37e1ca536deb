package io.leakwatch.core.census;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;

import org.jspecify.annotations.Nullable;

/**
 * Reads of fields that reflection is not allowed to read, those of the JDK's own classes,
 * by {@code sun.misc.Unsafe}: only where the JVM does so silently. From JDK 24 on it
 * warns on the standard error unless it was started with
 * {@code --sun-misc-unsafe-memory-access=allow}; there this is not used. Reads only,
 * never writes.
 */
final class RawMemory {

	private static final int FIRST_THAT_WARNS = 24;

	private static final @Nullable RawMemory AVAILABLE = open();

	private final MethodHandle fieldOffset;

	private final MethodHandle reference;

	private final MethodHandle intValue;

	private final MethodHandle longValue;

	private final MethodHandle staticBase;

	private final MethodHandle staticOffset;

	private RawMemory(Object unsafe, MethodHandles.Lookup lookup) throws ReflectiveOperationException {
		Class<?> type = unsafe.getClass();
		MethodType ofField = MethodType.methodType(long.class, Field.class);
		this.fieldOffset = lookup.findVirtual(type, "objectFieldOffset", ofField).bindTo(unsafe);
		this.staticOffset = lookup.findVirtual(type, "staticFieldOffset", ofField).bindTo(unsafe);
		this.staticBase = lookup.findVirtual(type, "staticFieldBase", MethodType.methodType(Object.class, Field.class))
			.bindTo(unsafe);
		this.reference = read(unsafe, lookup, "getObject", Object.class);
		this.intValue = read(unsafe, lookup, "getInt", int.class);
		this.longValue = read(unsafe, lookup, "getLong", long.class);
	}

	private static MethodHandle read(Object unsafe, MethodHandles.Lookup lookup, String name, Class<?> type)
			throws ReflectiveOperationException {
		return lookup.findVirtual(unsafe.getClass(), name, MethodType.methodType(type, Object.class, long.class))
			.bindTo(unsafe);
	}

	/** {@code null} where it is not there, or not silent. */
	static @Nullable RawMemory available() {
		return AVAILABLE;
	}

	private static @Nullable RawMemory open() {
		boolean allowed = "allow".equals(System.getProperty("sun.misc.unsafe.memory.access"));
		if (Runtime.version().feature() >= FIRST_THAT_WARNS && !allowed) {
			return null;
		}
		try {
			return new RawMemory(unsafe(), MethodHandles.publicLookup());
		}
		catch (ReflectiveOperationException | RuntimeException | LinkageError ex) {
			// No module jdk.unsupported, or a JDK without these methods.
			return null;
		}
	}

	/** The one instance; to get it warns of nothing, on any JDK. */
	static Object unsafe() throws ReflectiveOperationException {
		Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
		field.setAccessible(true);
		return field.get(null);
	}

	/** Where a field is in its objects; -1 where that cannot be told. */
	long offset(Field field) {
		try {
			return (long) this.fieldOffset.invokeExact(field);
		}
		catch (RuntimeException ex) {
			// Fields of hidden classes and of records.
			return -1;
		}
		catch (Throwable ex) {
			throw unreadable(ex);
		}
	}

	@Nullable Object reference(Object object, long offset) {
		try {
			return this.reference.invokeExact(object, offset);
		}
		catch (Throwable ex) {
			throw unreadable(ex);
		}
	}

	long intValue(Object object, long offset) {
		try {
			return (int) this.intValue.invokeExact(object, offset);
		}
		catch (Throwable ex) {
			throw unreadable(ex);
		}
	}

	long longValue(Object object, long offset) {
		try {
			return (long) this.longValue.invokeExact(object, offset);
		}
		catch (Throwable ex) {
			throw unreadable(ex);
		}
	}

	/** The value of a static field of an initialised class. */
	@Nullable Object staticReference(Field field) {
		try {
			Object base = this.staticBase.invokeExact(field);
			return this.reference.invokeExact(base, (long) this.staticOffset.invokeExact(field));
		}
		catch (Throwable ex) {
			throw unreadable(ex);
		}
	}

	private static IllegalStateException unreadable(Throwable cause) {
		if (cause instanceof Error error) {
			throw error;
		}
		return new IllegalStateException("A field cannot be read", cause);
	}

}
