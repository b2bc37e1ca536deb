/**
 * The command line tool: reads dumps and profiles, and prints what they tell as text or
 * as JSON.
 */
@NullMarked
package io.leakwatch.heap.cli;

import org.jspecify.annotations.NullMarked;
