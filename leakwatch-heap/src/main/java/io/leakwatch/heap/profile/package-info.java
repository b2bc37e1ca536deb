/**
 * The small result that is kept of a look at a heap: names, counts and sizes; never a
 * value.
 */
@NullMarked
package io.leakwatch.heap.profile;

import org.jspecify.annotations.NullMarked;
