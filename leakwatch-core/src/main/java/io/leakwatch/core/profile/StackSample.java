package io.leakwatch.core.profile;

import java.util.List;
import java.util.Map;

/**
 * A sample of a profile.
 *
 * @param stack the innermost line first
 * @param labels names and values by which tools filter, such as {@code class}
 * @param values one for each type of the profile
 */
public record StackSample(List<StackLine> stack, Map<String, String> labels, List<Long> values) {
}
