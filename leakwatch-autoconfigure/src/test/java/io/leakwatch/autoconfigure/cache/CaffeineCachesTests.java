package io.leakwatch.autoconfigure.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.leakwatch.autoconfigure.event.CacheAlertEvent;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCache;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link CaffeineCaches}.
 */
class CaffeineCachesTests {

	private final CaffeineCaches caches = new CaffeineCaches();

	@Test
	void runWhenAnApplicationHasCaffeineShouldLeaveItAndWatch() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(CacheAutoConfiguration.class, LeakWatchCacheAutoConfiguration.class))
			.withUserConfiguration(Caching.class)
			.withPropertyValues("spring.cache.caffeine.spec=maximumSize=10,recordStats")
			.run((context) -> {
				CacheManager manager = context.getBean(CacheManager.class);
				assertThat(manager).hasSameClassAs(new CaffeineCacheManager());
				Cache cache = TestCaches.cache(manager, "orders");
				TestCaches.fill(cache, 9);
				cache.get(1);
				cache.get(-1);
				CacheWatch watch = context.getBean(CacheWatch.class);
				watch.probe(Instant.EPOCH);
				assertThat(watch.readings())
					.containsExactly(new CacheReading("orders", "cacheManager", CaffeineCache.class.getName(), 9L, 10L,
							"application", 0.9, 0.5, 0L, CacheAlertEvent.Reason.FILL.name()));
			});
	}

	@Test
	void readWhenThereIsNoBoundShouldSaySo() {
		CacheFigures figures = read(Caffeine.newBuilder().build());
		assertThat(figures)
			.isEqualTo(new CacheFigures(CaffeineCache.class.getName(), 0L, null, BoundedBy.NONE, null, null, false));
	}

	@Test
	void readWhenEntriesExpireShouldNotTakeThatForABound() {
		assertThat(read(Caffeine.newBuilder().expireAfterWrite(Duration.ofMinutes(1)).build()).boundedBy())
			.isEqualTo(BoundedBy.NONE);
		CacheFigures both = read(Caffeine.newBuilder().maximumSize(10).expireAfterWrite(Duration.ofMinutes(1)).build());
		assertThat(both.boundedBy()).isEqualTo(BoundedBy.APPLICATION);
		assertThat(both.evictsBySizeOnly()).isFalse();
	}

	@Test
	void readWhenTheBoundIsAWeightShouldGiveNoMaximumOfEntries() {
		CacheFigures figures = read(
				Caffeine.newBuilder().maximumWeight(1_000).weigher((Object key, Object value) -> 7).build());
		assertThat(figures.boundedBy()).isEqualTo(BoundedBy.APPLICATION);
		assertThat(figures.maximumSize()).isNull();
		assertThat(figures.fill()).isNull();
	}

	@Test
	void readWhenTheCacheIsAsynchronousShouldReadItToo() {
		CaffeineCacheManager manager = new CaffeineCacheManager();
		manager.setAsyncCacheMode(true);
		manager.setCaffeine(Caffeine.newBuilder().maximumSize(10));
		Cache cache = TestCaches.cache(manager, "orders");
		cache.put("a", 1);
		CacheFigures figures = Objects.requireNonNull(this.caches.read(cache));
		assertThat(figures.size()).isEqualTo(1);
		assertThat(figures.maximumSize()).isEqualTo(10);
	}

	private CacheFigures read(com.github.benmanes.caffeine.cache.Cache<Object, Object> cache) {
		return Objects.requireNonNull(this.caches.read(new CaffeineCache("orders", cache)));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	static class Caching {

	}

}
