/**
 * The application's caches: bounded where nobody bounded them, watched, and told of.
 */
@NullMarked
package io.leakwatch.autoconfigure.cache;

import org.jspecify.annotations.NullMarked;
