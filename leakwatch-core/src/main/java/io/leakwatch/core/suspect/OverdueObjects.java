package io.leakwatch.core.suspect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.leakwatch.core.operation.Overdue;
import org.jspecify.annotations.Nullable;

/**
 * Makes findings of objects that were expected to be collected and are still there. Where
 * the application has said so, one is enough to be probable: that is not a matter of
 * statistics. What LeakWatch expects by itself may be kept for a reason, and is a watch
 * until there are {@value #OWN_TO_BE_PROBABLE} of a kind.
 */
public final class OverdueObjects {

	private static final String SIGNAL = "expected-collected";

	private static final int OWN_TO_BE_PROBABLE = 8;

	private static final int MAXIMUM_FINDINGS = 10;

	private static final String ADVICE = "Somebody still refers to these objects: look for a listener, a thread local, a cache or a static field that has them. A heap dump tells the holder.";

	private OverdueObjects() {
	}

	/**
	 * The findings.
	 * @param overdue what is still there, the most first
	 * @param dumped who holds what in a heap dump, {@code null} where there is none
	 * @param now the moment
	 * @return findings of kind {@link SuspectKind#HEAP}
	 */
	public static List<Finding> find(List<Overdue> overdue, @Nullable DumpedHolders dumped, Instant now) {
		return overdue.stream().limit(MAXIMUM_FINDINGS).map((each) -> finding(each, dumped, now)).toList();
	}

	private static Finding finding(Overdue overdue, @Nullable DumpedHolders dumped, Instant now) {
		String className = overdue.kind().className();
		Severity severity = (overdue.kind().asked() || overdue.count() >= OWN_TO_BE_PROBABLE) ? Severity.PROBABLE
				: Severity.WATCH;
		String oldest = "the oldest for %s s".formatted(Duration.between(overdue.since(), now).toSeconds());
		String title = "%s %s %s still there and should have been collected: %s".formatted(
				Counts.number((long) overdue.count()), HolderPath.simpleName(className),
				(overdue.count() == 1) ? "object is" : "objects are", overdue.kind().why());
		DumpedHolder holder = (dumped != null) ? dumped.of(className) : null;
		return new Finding(SuspectKind.HEAP, severity, 1, title, className, (holder != null) ? holder.holder() : null,
				(long) overdue.count(), null, null,
				List.of(new Evidence(SIGNAL, "%s expected to be collected are still there, %s"
					.formatted(Counts.number((long) overdue.count()), oldest), now)),
				ADVICE);
	}

}
