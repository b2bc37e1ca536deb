package io.leakwatch.core.monitor;

import org.jspecify.annotations.Nullable;

/**
 * Tells how much work the service has done, so that growth can be told by work.
 */
@FunctionalInterface
public interface RequestCount {

	/**
	 * How many requests were served since the start. Called at each tick and after old
	 * collections; must not block.
	 * @return a count that never falls, or {@code null} where nobody counts
	 */
	@Nullable Long read();

}
