package io.leakwatch.core.suspect;

import java.util.List;
import java.util.Locale;

/**
 * What to do about a holder that grows, by what its names tell of its purpose.
 */
final class HolderAdvice {

	private static final List<Rule> RULES = List.of(new Rule(List.of("threadlocal"),
			"Call remove() on the thread local when the work is done: the threads of a pool live on, and keep it."),
			new Rule(List.of("listener", "subscriber", "observer", "callback", "handlers", "eventbus", "consumers"),
					"Remove the listener when what it listens for ends, or let the list hold it weakly."),
			new Rule(List.of("session"),
					"Close each session, or let it expire: give it a time-out, and look for one that is set to never."),
			new Rule(List.of("weakhashmap", "weakkey", "weakcache"),
					"Look for values that refer to their own keys: a weak key is never given up then. Hold the values weakly too."),
			new Rule(List.of("cache", "memoiz"),
					"Bound the cache: give it a maximum size, or a time after which an entry ends."),
			new Rule(List.of("workqueue", "schedul", "timer", "taskqueue", "timeout"),
					"Cancelled or delayed tasks wait here: let the executor remove what is cancelled (setRemoveOnCancelPolicy), and bound what may wait."),
			new Rule(List.of("queue", "deque", "backlog", "pending"),
					"More comes in than goes out: bound the queue and slow down or refuse what exceeds it, or look for a consumer that stands still."),
			new Rule(List.of("completablefuture", "waiters", "promise"),
					"Look for a future or signal that never completes: complete it, give it a time-out, and cancel who waits for it."),
			new Rule(List.of("meterregistry", "io.prometheus", "metermap"),
					"A tag has ever new values: leave it out, or let a MeterFilter limit them."));

	private static final String OTHERWISE = "Remove each entry when it is done with, or bound the container.";

	private HolderAdvice() {
	}

	/**
	 * The advice that fits.
	 * @param names what is known of the holder, the most telling first
	 */
	static String of(String... names) {
		for (String name : names) {
			String lower = name.toLowerCase(Locale.ROOT);
			for (Rule rule : RULES) {
				if (rule.words.stream().anyMatch(lower::contains)) {
					return rule.advice;
				}
			}
		}
		return OTHERWISE;
	}

	/** What one of some words in a name tells. */
	private record Rule(List<String> words, String advice) {
	}

}
