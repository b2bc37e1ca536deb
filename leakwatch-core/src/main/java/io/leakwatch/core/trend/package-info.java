/**
 * Series of numbers and their statistics: is it growing, how fast, how sure.
 */
@NullMarked
package io.leakwatch.core.trend;

import org.jspecify.annotations.NullMarked;
