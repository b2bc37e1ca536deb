/**
 * The leak gate of a build: runs code many times and fails where objects stay behind.
 */
@NullMarked
package io.leakwatch.test;

import org.jspecify.annotations.NullMarked;
