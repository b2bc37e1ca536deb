/**
 * Evidence from all signals, turned into ranked suspects.
 */
@NullMarked
package io.leakwatch.core.suspect;

import org.jspecify.annotations.NullMarked;
