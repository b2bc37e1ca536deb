/**
 * A leak: a cache whose key never comes back.
 */
@NullMarked
package io.leakwatch.example.leak.cache;

import org.jspecify.annotations.NullMarked;
