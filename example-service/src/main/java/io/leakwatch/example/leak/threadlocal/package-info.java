/**
 * A leak: thread locals in the threads of a pool.
 */
@NullMarked
package io.leakwatch.example.leak.threadlocal;

import org.jspecify.annotations.NullMarked;
