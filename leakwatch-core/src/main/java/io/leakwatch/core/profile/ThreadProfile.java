package io.leakwatch.core.profile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.leakwatch.core.signal.ThreadStack;
import io.leakwatch.core.signal.VirtualThreadStacks;
import org.jspecify.annotations.Nullable;

/**
 * Makes a profile of what the threads do: one stack for all threads of a group that do
 * the same.
 */
public final class ThreadProfile {

	private ThreadProfile() {
	}

	/**
	 * Makes it.
	 * @param threads the platform threads
	 * @param virtual the virtual threads, {@code null} where the JVM tells none
	 * @param at the moment that they were looked at
	 * @return a profile with the type {@code threads}
	 */
	public static StackProfile of(List<ThreadStack> threads, @Nullable VirtualThreadStacks virtual, Instant at) {
		Map<ThreadStack, Long> counts = new HashMap<>();
		threads.forEach((thread) -> counts.merge(thread, 1L, Long::sum));
		if (virtual != null) {
			virtual.stacks().forEach((thread) -> counts.merge(thread, 1L, Long::sum));
		}
		List<StackSample> samples = new ArrayList<>();
		counts.forEach((thread, count) -> samples.add(new StackSample(stack(thread),
				Map.of("thread_group", thread.group(), "state", thread.state()), List.of(count))));
		return new StackProfile(List.of(new SampleType("threads", "count")), samples, List.of(comment(virtual)), at,
				Duration.ZERO);
	}

	private static String comment(@Nullable VirtualThreadStacks virtual) {
		if (virtual == null) {
			return "Platform threads. This JVM tells nothing of virtual threads: JDK 21 and later do.";
		}
		return virtual.complete() ? "Platform threads and virtual threads."
				: "Platform threads and the first %,d virtual threads: there are too many to read them all."
					.formatted(virtual.stacks().size());
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
