/**
 * What grew between two profiles.
 */
@NullMarked
package io.leakwatch.heap.diff;

import org.jspecify.annotations.NullMarked;
