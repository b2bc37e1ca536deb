package io.leakwatch.core.signal;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the stacks of all platform threads. Stops the application for some tens of
 * microseconds a thread.
 */
public final class ThreadStacks {

	static final int DEEPEST = 256;

	private ThreadStacks() {
	}

	/**
	 * Reads them.
	 * @return the threads that run Java code, in no order
	 */
	public static List<ThreadStack> read() {
		List<ThreadStack> stacks = new ArrayList<>();
		for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(false, false, DEEPEST)) {
			if (thread != null) {
				stacks.add(new ThreadStack(ThreadCensus.normalise(thread.getThreadName()),
						thread.getThreadState().name(), List.of(thread.getStackTrace())));
			}
		}
		return stacks;
	}

}
