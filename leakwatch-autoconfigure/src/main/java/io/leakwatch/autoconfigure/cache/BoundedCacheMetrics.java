package io.leakwatch.autoconfigure.cache;

import io.leakwatch.core.bound.BoundedMap;
import io.leakwatch.core.bound.BoundedMapStatistics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.concurrent.ConcurrentMapCache;

/**
 * Micrometer's usual {@code cache.*} meters of a cache that LeakWatch bounds. Puts are
 * not counted.
 */
final class BoundedCacheMetrics extends CacheMeterBinder<ConcurrentMapCache> {

	private static final BoundedMapStatistics NOTHING = new BoundedMapStatistics(0, 0, 0);

	BoundedCacheMetrics(ConcurrentMapCache cache, Iterable<Tag> tags) {
		super(cache, cache.getName(), tags);
	}

	@Override
	protected Long size() {
		ConcurrentMapCache cache = getCache();
		return (cache != null) ? cache.getNativeCache().size() : 0L;
	}

	@Override
	protected long hitCount() {
		return statistics().hits();
	}

	@Override
	protected Long missCount() {
		return statistics().misses();
	}

	@Override
	protected Long evictionCount() {
		return statistics().evictions();
	}

	@Override
	protected long putCount() {
		// Means "not known".
		return -1;
	}

	@Override
	protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
	}

	private BoundedMapStatistics statistics() {
		@Nullable ConcurrentMapCache cache = getCache();
		return (cache != null && cache.getNativeCache() instanceof BoundedMap<Object, Object> map) ? map.statistics()
				: NOTHING;
	}

}
