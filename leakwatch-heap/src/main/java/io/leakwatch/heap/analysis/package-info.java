/**
 * The graph to answers: dominators, retained sizes, merged paths, containers, threads,
 * class loaders.
 */
@NullMarked
package io.leakwatch.heap.analysis;

import org.jspecify.annotations.NullMarked;
