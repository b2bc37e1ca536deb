/**
 * A leak: memory outside the heap, in direct buffers.
 */
@NullMarked
package io.leakwatch.example.leak.directbuffer;

import org.jspecify.annotations.NullMarked;
