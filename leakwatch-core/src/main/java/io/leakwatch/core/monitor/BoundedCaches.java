package io.leakwatch.core.monitor;

import java.util.Map;

/**
 * Tells how full the application's caches are, so that a cache which fills up is not
 * taken for a leak.
 */
@FunctionalInterface
public interface BoundedCaches {

	/**
	 * The number of entries of each cache that cannot grow beyond a known maximum. Called
	 * after histograms and old collections; must not block.
	 * @return entries by a name that stays the same as long as the cache lives
	 */
	Map<String, Long> read();

}
