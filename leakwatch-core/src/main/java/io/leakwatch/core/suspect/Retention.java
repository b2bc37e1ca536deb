package io.leakwatch.core.suspect;

import java.time.Duration;

/**
 * Who holds objects of a class that grows, as their way to a GC root tells: proof that
 * they are no garbage.
 *
 * @param className the class, the most telling of those that grow together
 * @param holder who holds them
 * @param keptShare the share of those that are held there in all that a collection had
 * left; the rest is held elsewhere, or garbage
 * @param keptFor for how long nothing was given up there
 * @param evidence what was seen
 */
public record Retention(String className, String holder, double keptShare, Duration keptFor, Evidence evidence) {
}
