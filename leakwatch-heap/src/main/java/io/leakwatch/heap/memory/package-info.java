/**
 * Big primitive tables outside the Java heap: direct buffers up to a budget, mapped
 * temporary files beyond it.
 */
@NullMarked
package io.leakwatch.heap.memory;

import org.jspecify.annotations.NullMarked;
