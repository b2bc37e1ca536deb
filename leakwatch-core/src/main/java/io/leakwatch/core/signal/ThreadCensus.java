package io.leakwatch.core.signal;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.leakwatch.heap.profile.PrintableName;

/**
 * Counts the live platform threads by normalised name. Walks the thread groups, which
 * needs no safepoint; costs about a microsecond a thread. Runs no code of the
 * application: the names come from a final method of {@link Thread}.
 */
public final class ThreadCensus {

	private static final Comparator<ThreadGroupCount> LARGEST_FIRST = Comparator.comparingInt(ThreadGroupCount::count)
		.reversed()
		.thenComparing(ThreadGroupCount::name);

	private static final int MAXIMUM_NAME_LENGTH = 120;

	/**
	 * A census of this JVM.
	 */
	public ThreadCensus() {
	}

	/**
	 * Takes the census.
	 * @return the threads now
	 */
	public ThreadUsage take() {
		Map<String, Integer> counts = new HashMap<>();
		forEach((group, thread) -> counts.merge(group, 1, Integer::sum));
		List<ThreadGroupCount> groups = counts.entrySet()
			.stream()
			.map((entry) -> new ThreadGroupCount(entry.getKey(), entry.getValue()))
			.sorted(LARGEST_FIRST)
			.toList();
		return new ThreadUsage(groups.stream().mapToInt(ThreadGroupCount::count).sum(), groups);
	}

	/**
	 * Hands out each live platform thread, with the normalised name it is counted by.
	 * @param sink takes the name and the thread
	 */
	public void forEach(BiConsumer<String, Thread> sink) {
		ThreadGroup root = rootGroup();
		Thread[] threads = new Thread[root.activeCount() + 16];
		int count = root.enumerate(threads, true);
		while (count == threads.length) {
			threads = new Thread[threads.length * 2];
			count = root.enumerate(threads, true);
		}
		for (int i = 0; i < count; i++) {
			sink.accept(normalise(threads[i].getName()), threads[i]);
		}
	}

	private static ThreadGroup rootGroup() {
		ThreadGroup group = Thread.currentThread().getThreadGroup();
		while (group.getParent() != null) {
			group = group.getParent();
		}
		return group;
	}

	/**
	 * Folds every run of digits to one {@code #}, and makes each control character a
	 * question mark: names go to logs and terminals, and may hold parts of a request.
	 * @param threadName a thread's name, of any length and content
	 * @return the normalised name, at most 120 characters
	 */
	public static String normalise(String threadName) {
		String name = PrintableName.of(threadName, MAXIMUM_NAME_LENGTH);
		StringBuilder normalised = new StringBuilder(name.length());
		boolean inDigits = false;
		for (int i = 0; i < name.length(); i++) {
			char character = name.charAt(i);
			boolean digit = Character.isDigit(character);
			if (!digit) {
				normalised.append(character);
			}
			else if (!inDigits) {
				normalised.append('#');
			}
			inDigits = digit;
		}
		return normalised.toString();
	}

}
