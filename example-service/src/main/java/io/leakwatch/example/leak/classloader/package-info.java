/**
 * A leak: class loaders that are kept.
 */
@NullMarked
package io.leakwatch.example.leak.classloader;

import org.jspecify.annotations.NullMarked;
