/**
 * What LeakWatch says of the service's health.
 */
@NullMarked
package io.leakwatch.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
