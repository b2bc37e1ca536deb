package io.leakwatch.core.signal;

/**
 * How many threads share one normalised name, digits folded to {@code #}:
 * {@code pool-3-thread-1} counts as {@code pool-#-thread-#}.
 *
 * @param name the normalised name
 * @param count threads
 */
public record ThreadGroupCount(String name, int count) {
}
