/**
 * The programs that the heap engine is measured against, a maker of dumps to measure on,
 * and JMH benchmarks of the engine's hot parts.
 */
@NullMarked
package io.leakwatch.benchmarks.heap;

import org.jspecify.annotations.NullMarked;
