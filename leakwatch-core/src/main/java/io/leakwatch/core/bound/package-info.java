/**
 * Maps with a bound: the only room that uses Caffeine, and shows no type of it to
 * another.
 */
@NullMarked
package io.leakwatch.core.bound;

import org.jspecify.annotations.NullMarked;
