package io.leakwatch.core.signal;

import java.util.List;

/**
 * Live platform threads.
 *
 * @param count threads
 * @param groups threads by normalised name, the largest group first
 */
public record ThreadUsage(int count, List<ThreadGroupCount> groups) {
}
