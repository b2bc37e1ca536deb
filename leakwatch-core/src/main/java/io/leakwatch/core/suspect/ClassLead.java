package io.leakwatch.core.suspect;

import java.time.Duration;
import java.util.Set;

/**
 * Classes that grow together in the histograms, whose holder is looked for.
 *
 * @param className the most telling of them
 * @param classNames those of them that come from where that one comes from, and itself
 * @param growthPerMinute how many more there are a minute of the most telling one
 * @param doubling how long it takes until one of them has as many more as it had at first
 */
public record ClassLead(String className, Set<String> classNames, double growthPerMinute, Duration doubling) {

	/**
	 * Takes a copy of the names.
	 * @param className the most telling of them
	 * @param classNames those of them that come from where that one comes from
	 * @param growthPerMinute how many more there are a minute
	 * @param doubling how long it takes until one of them has as many more as it had at
	 * first
	 */
	public ClassLead {
		classNames = Set.copyOf(classNames);
	}

	/**
	 * Whether a container is known that keeps these.
	 * @param finding what was found
	 * @return whether it has the same class, or grows at the same pace
	 */
	public boolean isKeptBy(Finding finding) {
		return Suspicion.isContainer(finding) && (this.classNames.contains(String.valueOf(finding.className()))
				|| Fusion.keepsPace(this.growthPerMinute, finding));
	}

}
