/**
 * What operations of the application allocate, and what it no longer needs.
 */
@NullMarked
package io.leakwatch.autoconfigure.operation;

import org.jspecify.annotations.NullMarked;
