/**
 * A leak: listeners that are never removed.
 */
@NullMarked
package io.leakwatch.example.leak.listener;

import org.jspecify.annotations.NullMarked;
