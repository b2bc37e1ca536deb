/**
 * A leak: a static list that only grows.
 */
@NullMarked
package io.leakwatch.example.leak.staticlist;

import org.jspecify.annotations.NullMarked;
