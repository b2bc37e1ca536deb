/**
 * The example service: a small shop to which LeakWatch has been added.
 */
@NullMarked
package io.leakwatch.example;

import org.jspecify.annotations.NullMarked;
