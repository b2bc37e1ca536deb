/**
 * The load generator: customers, made by the service itself, over HTTP.
 */
@NullMarked
package io.leakwatch.example.load;

import org.jspecify.annotations.NullMarked;
