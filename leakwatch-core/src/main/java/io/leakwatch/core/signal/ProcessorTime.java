package io.leakwatch.core.signal;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * The time that the calling thread has had a processor. Unlike the time on the wall it
 * leaves out what a thread waits while others have all processors, which costs the
 * application nothing.
 */
public final class ProcessorTime {

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private ProcessorTime() {
	}

	/**
	 * The time of the calling thread so far, to be compared with another value of the
	 * same thread. Takes some hundred nanoseconds.
	 * @return nanoseconds; those of {@link System#nanoTime()} where the JVM does not
	 * measure the time of its threads
	 */
	public static long nanos() {
		long nanos = isMeasured() ? THREADS.getCurrentThreadCpuTime() : -1;
		return (nanos >= 0) ? nanos : System.nanoTime();
	}

	private static boolean isMeasured() {
		return THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();
	}

}
