package io.leakwatch.core.profile;

import java.util.List;

/**
 * An allocation that was sampled, of an object that may be gone again.
 *
 * @param className the object's class
 * @param stack the code that allocated it, the innermost first
 * @param bytes how many allocated bytes it stands for
 */
record AllocationSample(String className, List<CodeLine> stack, long bytes) {
}
