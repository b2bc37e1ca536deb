/**
 * Snapshots of the heap: taking them, within limits, and keeping them.
 */
@NullMarked
package io.leakwatch.core.snapshot;

import org.jspecify.annotations.NullMarked;
