package io.leakwatch.core.census;

import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Reads how much direct memory Netty has taken, as Netty counts it: where it can, it
 * takes memory that the JVM does not count. Relocated copies of Netty are found too. The
 * counters are weakly held.
 */
final class NettyMemory {

	private static final String CLASS = "netty.util.internal.PlatformDependent";

	private static final String COUNTER = "DIRECT_MEMORY_COUNTER";

	private List<WeakReference<AtomicLong>> counters = List.of();

	/**
	 * Looks for the counters anew.
	 * @param classes initialised classes
	 */
	void refresh(List<WeakReference<Class<?>>> classes) {
		List<WeakReference<AtomicLong>> found = new ArrayList<>();
		for (WeakReference<Class<?>> each : classes) {
			Class<?> type = each.get();
			AtomicLong counter = (type != null && type.getName().endsWith(CLASS)) ? counter(type) : null;
			if (counter != null) {
				found.add(new WeakReference<>(counter));
			}
		}
		this.counters = found;
	}

	private static @Nullable AtomicLong counter(Class<?> type) {
		try {
			Field field = type.getDeclaredField(COUNTER);
			return (field.trySetAccessible() && field.get(null) instanceof AtomicLong counter) ? counter : null;
		}
		catch (ReflectiveOperationException | LinkageError | RuntimeException ex) {
			// Another version of it, or one that counts nothing.
			return null;
		}
	}

	/** Bytes, 0 where there is no Netty. */
	long bytes() {
		long bytes = 0;
		for (WeakReference<AtomicLong> each : this.counters) {
			AtomicLong counter = each.get();
			bytes += (counter != null) ? counter.get() : 0;
		}
		return bytes;
	}

}
