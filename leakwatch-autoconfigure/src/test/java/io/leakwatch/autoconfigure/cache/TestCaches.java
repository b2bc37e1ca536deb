package io.leakwatch.autoconfigure.cache;

import java.util.Objects;

import io.leakwatch.core.bound.BoundedMap;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/**
 * What tests do with caches, free of {@code null}.
 */
final class TestCaches {

	private TestCaches() {
	}

	static Cache cache(CacheManager manager, String name) {
		return Objects.requireNonNull(manager.getCache(name));
	}

	static @Nullable Object value(Cache cache, Object key) {
		return Objects.requireNonNull(cache.get(key)).get();
	}

	static boolean isBounded(@Nullable Cache cache) {
		return Objects.requireNonNull(cache).getNativeCache() instanceof BoundedMap;
	}

	static void fill(Cache cache, int entries) {
		for (int i = 0; i < entries; i++) {
			cache.put(i, i);
		}
	}

}
