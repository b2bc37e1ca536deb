package io.leakwatch.autoconfigure.cache;

import io.leakwatch.core.bound.BoundedMap;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.cache.metrics.CacheMeterBinderProvider;
import org.springframework.cache.concurrent.ConcurrentMapCache;

/**
 * The provider through which Boot binds the {@code cache.*} meters of the caches that
 * LeakWatch bounds. A class, and no lambda: Boot picks a provider by its generic type.
 */
final class BoundedCacheMeterBinderProvider implements CacheMeterBinderProvider<ConcurrentMapCache> {

	@Override
	public @Nullable MeterBinder getMeterBinder(ConcurrentMapCache cache, Iterable<Tag> tags) {
		return (cache.getNativeCache() instanceof BoundedMap) ? new BoundedCacheMetrics(cache, tags) : null;
	}

}
