/**
 * A leak: thread pools that are never shut down.
 */
@NullMarked
package io.leakwatch.example.leak.threadpool;

import org.jspecify.annotations.NullMarked;
