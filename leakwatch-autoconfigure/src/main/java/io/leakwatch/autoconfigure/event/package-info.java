/**
 * Application events that LeakWatch publishes.
 */
@NullMarked
package io.leakwatch.autoconfigure.event;

import org.jspecify.annotations.NullMarked;
