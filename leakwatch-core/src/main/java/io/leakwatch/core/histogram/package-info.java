/**
 * Class histograms of the running JVM.
 */
@NullMarked
package io.leakwatch.core.histogram;

import org.jspecify.annotations.NullMarked;
