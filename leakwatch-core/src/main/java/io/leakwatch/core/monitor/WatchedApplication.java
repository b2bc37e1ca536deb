package io.leakwatch.core.monitor;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.leakwatch.core.census.NamedRoot;
import io.leakwatch.core.operation.Expectations;
import org.jspecify.annotations.Nullable;

/**
 * What the application tells of itself to the monitor, whose thread asks.
 *
 * @param requestCount how many requests were served so far
 * @param caches how full the caches are
 * @param roots the objects at which the container census begins, beside static fields and
 * threads; asked for at the begin of each walk, must not block
 * @param expectations what should be gone before long, {@code null} for nothing
 */
public record WatchedApplication(RequestCount requestCount, BoundedCaches caches, Supplier<List<NamedRoot>> roots,
		@Nullable Expectations expectations) {

	/** An application that tells nothing. */
	public static final WatchedApplication UNKNOWN = new WatchedApplication(() -> null, Map::of, List::of, null);

}
