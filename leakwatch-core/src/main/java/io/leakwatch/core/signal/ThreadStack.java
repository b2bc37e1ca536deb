package io.leakwatch.core.signal;

import java.util.List;

/**
 * What a thread does now.
 *
 * @param group the thread's normalised name
 * @param state such as {@code RUNNABLE}
 * @param stack its code, the innermost first
 */
public record ThreadStack(String group, String state, List<StackTraceElement> stack) {
}
