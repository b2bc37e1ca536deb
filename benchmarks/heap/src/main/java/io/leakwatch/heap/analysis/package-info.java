/**
 * JMH benchmarks of what the package does not make public.
 */
@NullMarked
package io.leakwatch.heap.analysis;

import org.jspecify.annotations.NullMarked;
