/**
 * The endpoints {@code leakwatch} and {@code heapdump-diff}, and what they answer.
 */
@NullMarked
package io.leakwatch.autoconfigure.actuate.endpoint;

import org.jspecify.annotations.NullMarked;
