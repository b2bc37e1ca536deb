/**
 * What the leaks have in common, and the switchboard that turns them on and off.
 */
@NullMarked
package io.leakwatch.example.leak;

import org.jspecify.annotations.NullMarked;
