package io.leakwatch.core.profile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.leakwatch.core.signal.ThreadStack;

/**
 * Makes a profile of what the threads do: one stack for all threads of a group that do
 * the same.
 */
public final class ThreadProfile {

	private ThreadProfile() {
	}

	/**
	 * Makes it.
	 * @param threads the threads
	 * @param at the moment that they were looked at
	 * @return a profile with the type {@code threads}
	 */
	public static StackProfile of(List<ThreadStack> threads, Instant at) {
		Map<ThreadStack, Long> counts = new HashMap<>();
		threads.forEach((thread) -> counts.merge(thread, 1L, Long::sum));
		List<StackSample> samples = new ArrayList<>();
		counts.forEach((thread, count) -> samples.add(new StackSample(stack(thread),
				Map.of("thread_group", thread.group(), "state", thread.state()), List.of(count))));
		return new StackProfile(List.of(new SampleType("threads", "count")), samples, List
			.of("Platform threads. Virtual threads are not among them: jcmd <pid> Thread.dump_to_file tells those."),
				at, Duration.ZERO);
	}

	private static List<StackLine> stack(ThreadStack thread) {
		List<StackLine> stack = new ArrayList<>();
		for (StackTraceElement line : thread.stack()) {
			int dot = line.getClassName().lastIndexOf('.');
			String folder = (dot > 0) ? line.getClassName().substring(0, dot).replace('.', '/') + "/" : "";
			String file = line.getFileName();
			stack.add(new StackLine(line.getClassName() + "." + line.getMethodName(),
					(file != null) ? folder + file : "", line.getLineNumber()));
		}
		stack.add(new StackLine("thread group '" + thread.group() + "'", "", 0));
		return stack;
	}

}
