/**
 * A leak: a map in a bean that nobody empties.
 */
@NullMarked
package io.leakwatch.example.leak.map;

import org.jspecify.annotations.NullMarked;
