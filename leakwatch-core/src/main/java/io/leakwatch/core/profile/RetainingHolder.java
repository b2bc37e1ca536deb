package io.leakwatch.core.profile;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Who keeps objects from being collected, found by their chains to a GC root.
 *
 * @param holder beginning with what a person can look up, then the nearest fields:
 * {@code static java.io.DeleteOnExitHook.files (java.util.LinkedHashSet)}. A field stands
 * with the class of the object that has it, which may inherit it
 * @param beanClass the class of the Spring bean that the chain passes, whose name it does
 * not tell; {@code null} where it passes none
 * @param className the class of most objects that were sampled there
 * @param samples how many were sampled there
 * @param share of all that were sampled, weighed by age; 0 to 1
 * @param confidence that they pile up there, 0 to 1
 * @param keptShare of all that were sampled and have survived a collection, garbage that
 * was not swept out yet included; 0 to 1
 * @param keptFor the time of which objects of every age are held there, up to the last
 * collection, so that it gives nothing up so soon; {@code null} where the samples do not
 * show that
 */
public record RetainingHolder(String holder, @Nullable String beanClass, String className, int samples, double share,
		double confidence, double keptShare, @Nullable Duration keptFor) {
}
