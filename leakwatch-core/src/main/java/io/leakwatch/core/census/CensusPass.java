package io.leakwatch.core.census;

import java.time.Duration;

/**
 * What a pass of the census was like.
 *
 * @param objects how many objects were visited
 * @param complete whether that was all that can be reached; if not, what the pass did not
 * come to is kept from passes before
 * @param elapsed from its begin to its end, the time between slices too
 * @param cost the time of its slices alone
 * @param holdersLeftOut how many holders there was no room for
 */
public record CensusPass(int objects, boolean complete, Duration elapsed, Duration cost, int holdersLeftOut) {
}
