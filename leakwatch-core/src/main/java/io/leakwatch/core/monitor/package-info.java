/**
 * The one thread that runs it all, its schedule and its cost budget.
 */
@NullMarked
package io.leakwatch.core.monitor;

import org.jspecify.annotations.NullMarked;
