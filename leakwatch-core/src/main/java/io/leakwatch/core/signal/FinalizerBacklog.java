package io.leakwatch.core.signal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.leakwatch.heap.profile.PrintableName;
import org.jspecify.annotations.Nullable;

/**
 * What waits for its finalizer, and where the thread stands that finalizes. Reading it
 * stops that thread alone, and costs some tens of nanoseconds for each object that waits;
 * meanwhile the JVM puts no further ones into the queue.
 *
 * @param className the class of most objects that wait, {@code null} where unknown
 * @param count how many of it wait
 * @param finalizing the class whose {@code finalize} runs at this moment, {@code null}
 * for none
 * @param line where that stands, such as {@code java.net.Socket.close(Socket.java:12)},
 * {@code null} for nowhere
 */
public record FinalizerBacklog(@Nullable String className, int count, @Nullable String finalizing,
		@Nullable String line) {

	/** {@code 1234  com.acme.Handle}, the most frequent first. */
	private static final Pattern ROW = Pattern.compile("^\\s*(\\d{1,9})\\s+(\\S+)\\s*$", Pattern.MULTILINE);

	private static final String THREAD = "Finalizer";

	private static final int LONGEST_NAME = 500;

	/**
	 * Reads it.
	 * @return what is known, which may be nothing
	 */
	public static FinalizerBacklog read() {
		String text = DiagnosticCommand.run("gcFinalizerInfo");
		Matcher row = ROW.matcher((text != null) ? text : "");
		boolean found = row.find();
		StackTraceElement[] stack = stack();
		int finalizer = finalizer(stack);
		return new FinalizerBacklog(found ? PrintableName.of(row.group(2), LONGEST_NAME) : null,
				found ? Integer.parseInt(row.group(1)) : 0,
				(finalizer >= 0) ? PrintableName.of(stack[finalizer].getClassName(), LONGEST_NAME) : null,
				(finalizer >= 0) ? PrintableName.of(line(stack[finalizer]), LONGEST_NAME) : null);
	}

	/** The outermost one: a finalizer calls that of its superclass. */
	private static int finalizer(StackTraceElement[] stack) {
		for (int i = stack.length - 1; i >= 0; i--) {
			if (stack[i].getMethodName().equals("finalize")) {
				return i;
			}
		}
		return -1;
	}

	private static String line(StackTraceElement frame) {
		return "%s.%s(%s:%d)".formatted(frame.getClassName(), frame.getMethodName(), frame.getFileName(),
				frame.getLineNumber());
	}

	private static StackTraceElement[] stack() {
		StackTraceElement[][] found = { new StackTraceElement[0] };
		new ThreadCensus().forEach((group, thread) -> {
			ThreadGroup of = thread.getThreadGroup();
			if (group.equals(THREAD) && of != null && of.getParent() == null) {
				found[0] = thread.getStackTrace();
			}
		});
		return found[0];
	}

}
