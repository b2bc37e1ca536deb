/**
 * What an application tells of single operations and objects: how much memory a call
 * takes, and what is expected to be gone.
 */
@NullMarked
package io.leakwatch.core.operation;

import org.jspecify.annotations.NullMarked;
