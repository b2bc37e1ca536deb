/**
 * From a profile, or from what grew between two, to the few places that are likely leaks,
 * each in a sentence.
 */
@NullMarked
package io.leakwatch.heap.suspect;

import org.jspecify.annotations.NullMarked;
