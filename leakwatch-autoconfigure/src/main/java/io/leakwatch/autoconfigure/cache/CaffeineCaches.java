package io.leakwatch.autoconfigure.cache;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.WeakHashMap;
import java.util.function.Consumer;

import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;
import org.springframework.cache.caffeine.CaffeineCache;
import org.springframework.cache.caffeine.CaffeineCacheManager;

/**
 * Spring's caches over the application's own Caffeine. The only class here that refers to
 * Caffeine, and made only where an application has it.
 *
 * <p>
 * The maximum of such a cache is asked for once, and then remembered: Caffeine takes its
 * eviction lock for the answer. A maximum that the application changes later is not
 * noticed. A maximum of weights says nothing about the number of entries, and is left
 * out.
 */
final class CaffeineCaches implements CacheFamily {

	private static final String CAFFEINE = "com.github.benmanes.caffeine.cache.";

	private final Map<Cache, Bound> bounds = Collections.synchronizedMap(new WeakHashMap<>());

	@Override
	public void visit(Object bean, Consumer<Cache> visitor) {
		if (bean.getClass() == CaffeineCacheManager.class) {
			CaffeineCacheManager manager = (CaffeineCacheManager) bean;
			for (String name : manager.getCacheNames()) {
				// See ConcurrentMapCaches for a cache that is removed at this moment.
				Cache cache = manager.getCache(name);
				if (cache != null) {
					visitor.accept(cache);
				}
			}
		}
		else if (bean.getClass() == CaffeineCache.class) {
			visitor.accept((Cache) bean);
		}
	}

	@Override
	public @Nullable CacheFigures read(Cache cache) {
		if (cache.getClass() != CaffeineCache.class) {
			return null;
		}
		com.github.benmanes.caffeine.cache.Cache<Object, Object> caffeine = ((CaffeineCache) cache).getNativeCache();
		String type = CaffeineCache.class.getName();
		if (!caffeine.getClass().getName().startsWith(CAFFEINE)) {
			// The application's own implementation, which is not ours to call.
			return new CacheFigures(type, null, null, BoundedBy.NONE, null, null, false);
		}
		Policy<Object, Object> policy = caffeine.policy();
		Bound bound = this.bounds.computeIfAbsent(cache, (key) -> Bound.of(policy));
		Double hitRatio = null;
		Long evictions = null;
		if (policy.isRecordingStats()) {
			CacheStats stats = caffeine.stats();
			hitRatio = (stats.requestCount() > 0) ? stats.hitRate() : null;
			evictions = stats.evictionCount();
		}
		return new CacheFigures(type, caffeine.estimatedSize(), bound.maximumSize(), bound.by(), hitRatio, evictions,
				bound.evictsBySizeOnly());
	}

	/** What an application decided when it built a cache. */
	private record Bound(BoundedBy by, @Nullable Long maximumSize, boolean evictsBySizeOnly) {

		static Bound of(Policy<Object, Object> policy) {
			Policy.Eviction<Object, Object> eviction = policy.eviction().orElse(null);
			if (eviction == null) {
				return new Bound(BoundedBy.NONE, null, false);
			}
			boolean expires = policy.expireAfterAccess().isPresent() || policy.expireAfterWrite().isPresent()
					|| policy.expireVariably().isPresent();
			OptionalLong weight = eviction.isWeighted() ? OptionalLong.empty() : OptionalLong.of(eviction.getMaximum());
			return new Bound(BoundedBy.APPLICATION, weight.isPresent() ? weight.getAsLong() : null, !expires);
		}

	}

}
