package io.leakwatch.autoconfigure.cache;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

import io.leakwatch.core.bound.BoundedMap;
import io.leakwatch.core.bound.BoundedMapStatistics;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;

/**
 * Spring's own caches over a map: those that LeakWatch bounds, and those that it left
 * alone.
 */
final class ConcurrentMapCaches implements CacheFamily {

	/** Packages whose maps tell their size at once, without running anyone's code. */
	private static final String[] KNOWN_MAPS = { "java.util.concurrent.", "com.github.benmanes.caffeine.cache.",
			"com.google.common.cache." };

	@Override
	public void visit(Object bean, Consumer<Cache> visitor) {
		if (bean instanceof BoundedConcurrentMapCacheManager manager) {
			manager.visit(visitor);
		}
		else if (bean.getClass() == ConcurrentMapCacheManager.class) {
			ConcurrentMapCacheManager manager = (ConcurrentMapCacheManager) bean;
			for (String name : manager.getCacheNames()) {
				// Were the cache removed at this very moment, a dynamic manager would
				// make
				// it anew, empty, as its next use would have done.
				Cache cache = manager.getCache(name);
				if (cache != null) {
					visitor.accept(cache);
				}
			}
		}
		else if (isKnown(bean)) {
			visitor.accept((Cache) bean);
		}
	}

	@Override
	public @Nullable CacheFigures read(Cache cache) {
		if (!isKnown(cache)) {
			return null;
		}
		ConcurrentMap<Object, Object> store = ((ConcurrentMapCache) cache).getNativeCache();
		String type = ConcurrentMapCache.class.getName();
		if (store instanceof BoundedMap<Object, Object> map) {
			BoundedMapStatistics statistics = map.statistics();
			return new CacheFigures(type, (long) map.size(), map.maximumSize(), BoundedBy.LEAKWATCH,
					statistics.hitRatio(), statistics.evictions(), true);
		}
		return new CacheFigures(type, size(store), null, BoundedBy.NONE, null, null, false);
	}

	private static boolean isKnown(Object cache) {
		return cache.getClass() == ConcurrentMapCache.class || cache.getClass() == BoundedConcurrentMapCache.class;
	}

	private static @Nullable Long size(ConcurrentMap<Object, Object> store) {
		if (store instanceof ConcurrentHashMap<Object, Object> map && map.getClass() == ConcurrentHashMap.class) {
			return map.mappingCount();
		}
		for (String known : KNOWN_MAPS) {
			if (store.getClass().getName().startsWith(known)) {
				return (long) store.size();
			}
		}
		return null;
	}

}
