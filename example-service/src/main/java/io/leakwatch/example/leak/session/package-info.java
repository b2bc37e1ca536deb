/**
 * A leak: HTTP sessions that never expire.
 */
@NullMarked
package io.leakwatch.example.leak.session;

import org.jspecify.annotations.NullMarked;
