/**
 * The container census: the maps, collections, queues and caches that can be reached from
 * named roots, and their sizes. Keeps nothing alive, calls no code of the application.
 */
@NullMarked
package io.leakwatch.core.census;

import org.jspecify.annotations.NullMarked;
