package io.leakwatch.core.census;

import java.lang.ref.Cleaner;
import java.lang.ref.PhantomReference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells which objects have memory outside the Java heap, by the fields of their class:
 * the address of something native, or what cleans up after them. Looks two objects deep,
 * as a stream has a compressor, which has what the address is in. Reads no values.
 */
final class NativeOwners {

	private static final int DEPTH = 2;

	private static final Pattern ADDRESS = Pattern.compile("(^|.*_)(address|addr|pointer|ptr|cptr|handle|peer)_?$"
			+ "|native\\w*|\\w*(Address|Addr|Pointer|Ptr|CPtr|Handle|Peer)_?$");

	/**
	 * Of the JDK, files, sockets, buffers and threads have addresses that are no memory.
	 */
	private static final List<String> OF_JDK = List.of("java.util.zip.", "java.awt.", "sun.awt.", "sun.java2d.",
			"sun.font.", "jdk.internal.foreign.");

	private NativeOwners() {
	}

	static boolean contain(Class<?> type) {
		try {
			return isOwner(type, DEPTH);
		}
		catch (RuntimeException | LinkageError ex) {
			// The class of some field is missing.
			return false;
		}
	}

	private static boolean isOwner(Class<?> type, int depth) {
		for (Class<?> each = type; each != null; each = each.getSuperclass()) {
			if (isLookedAt(each)) {
				for (Field field : each.getDeclaredFields()) {
					if (!Modifier.isStatic(field.getModifiers()) && tells(field, depth)) {
						return true;
					}
				}
			}
		}
		return false;
	}

	private static boolean tells(Field field, int depth) {
		Class<?> type = field.getType();
		if (type == long.class) {
			return ADDRESS.matcher(field.getName()).matches();
		}
		return Cleaner.Cleanable.class.isAssignableFrom(type) || PhantomReference.class.isAssignableFrom(type)
				|| (depth > 0 && isOwner(type, depth - 1));
	}

	private static boolean isLookedAt(Class<?> type) {
		return !ObjectShapes.isJdk(type) || OF_JDK.stream().anyMatch(type.getName()::startsWith);
	}

}
