/**
 * The HPROF file format: bytes to records, nothing else.
 */
@NullMarked
package io.leakwatch.heap.hprof;

import org.jspecify.annotations.NullMarked;
