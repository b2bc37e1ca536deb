package io.leakwatch.core.signal;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes the calling thread has allocated on the heap so far.
 */
public final class AllocatedBytes {

	private static final @Nullable ThreadMXBean THREADS = threads();

	private AllocatedBytes() {
	}

	/**
	 * The bytes of the calling thread, to be compared with another value of the same
	 * thread. Takes some tens of nanoseconds and allocates nothing.
	 * @return bytes; negative where the JVM does not count them: on a virtual thread, and
	 * where the counting is switched off
	 */
	public static long ofCurrentThread() {
		ThreadMXBean threads = THREADS;
		return (threads != null) ? threads.getCurrentThreadAllocatedBytes() : -1;
	}

	private static @Nullable ThreadMXBean threads() {
		try {
			return (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
					&& threads.isThreadAllocatedMemorySupported()) ? threads : null;
		}
		catch (LinkageError ex) {
			// A run time without the module jdk.management.
			return null;
		}
	}

}
