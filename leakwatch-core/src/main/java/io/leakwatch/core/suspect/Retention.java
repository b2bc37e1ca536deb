package io.leakwatch.core.suspect;

import java.time.Duration;
import java.time.Instant;

/**
 * Who holds objects of a class that grows, as their chains to a GC root tell: proof that
 * they are no garbage.
 *
 * @param className the class, the most telling of those that grow together
 * @param holder who holds them
 * @param samples how many were looked at that are held there
 * @param keptShare the share of those that are held there in all that a collection had
 * left; the rest is held elsewhere, or garbage
 * @param keptFor for how long nothing was given up there
 * @param at when it was looked
 */
public record Retention(String className, String holder, int samples, double keptShare, Duration keptFor, Instant at) {

	Evidence toEvidence() {
		return new Evidence("gc-root-chains",
				"%d of the sampled objects, %.0f %%, are held by %s; it has given up nothing for %d s"
					.formatted(this.samples, 100 * this.keptShare, this.holder, this.keptFor.toSeconds()),
				this.at);
	}

}
