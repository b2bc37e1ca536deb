/**
 * Records to a graph: objects with numbers, classes, references, GC roots, sizes.
 */
@NullMarked
package io.leakwatch.heap.graph;

import org.jspecify.annotations.NullMarked;
