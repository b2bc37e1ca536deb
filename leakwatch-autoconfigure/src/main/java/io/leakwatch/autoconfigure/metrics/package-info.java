/**
 * Meters of what LeakWatch knows, and of the JVM where Boot has none.
 */
@NullMarked
package io.leakwatch.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
