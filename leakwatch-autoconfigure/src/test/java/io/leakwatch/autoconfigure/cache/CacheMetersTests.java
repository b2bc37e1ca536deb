package io.leakwatch.autoconfigure.cache;

import java.time.Instant;
import java.util.List;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.cache.Cache;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link CacheMeters}.
 */
class CacheMetersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final SeenBeans seenBeans = new SeenBeans();

	private final CacheWatch watch = new CacheWatch(this.seenBeans, List.of(new ConcurrentMapCaches()), 0.8,
			(event) -> {
			});

	private final BoundedConcurrentMapCacheManager manager = new BoundedConcurrentMapCacheManager((name) -> 100);

	CacheMetersTests() {
		new CacheMeters(this.watch).bindTo(this.registry);
		this.seenBeans.add("cacheManager", this.manager);
	}

	@Test
	void metersShouldFollowTheReadings() {
		Cache cache = TestCaches.cache(this.manager, "orders");
		TestCaches.fill(cache, 30);
		tick();
		assertThat(gauge("leakwatch.cache.size", "orders")).isEqualTo(30);
		assertThat(gauge("leakwatch.cache.maximum", "orders")).isEqualTo(100);
		assertThat(counter("leakwatch.cache.evictions", "orders")).isZero();
		TestCaches.fill(cache, 130);
		assertThat(gauge("leakwatch.cache.size", "orders")).as("a scrape reads nothing").isEqualTo(30);
		tick();
		assertThat(gauge("leakwatch.cache.size", "orders")).isEqualTo(100);
		assertThat(counter("leakwatch.cache.evictions", "orders")).isEqualTo(30);
		tick();
		assertThat(counter("leakwatch.cache.evictions", "orders")).isEqualTo(30);
		assertThat(
				this.registry.get("leakwatch.cache.alerts").tags("cache", "orders", "reason", "fill").counter().count())
			.isEqualTo(1);
		assertThat(this.registry.get("leakwatch.cache.alerts").tag("reason", "eviction").counter().count())
			.isEqualTo(1);
	}

	@Test
	void gaugesWhenACacheGoesAndComesShouldGoAndCome() {
		TestCaches.fill(TestCaches.cache(this.manager, "orders"), 3);
		tick();
		this.manager.removeCache("orders");
		tick();
		assertThat(this.registry.find("leakwatch.cache.size").gauge()).isNull();
		TestCaches.fill(TestCaches.cache(this.manager, "orders"), 4);
		tick();
		assertThat(gauge("leakwatch.cache.size", "orders")).isEqualTo(4);
	}

	@Test
	void gaugesWhenThereIsNoMaximumShouldLeaveItOut() {
		ConcurrentMapCacheManager unbounded = new ConcurrentMapCacheManager();
		TestCaches.fill(TestCaches.cache(unbounded, "free"), 3);
		this.seenBeans.add("unbounded", unbounded);
		tick();
		assertThat(gauge("leakwatch.cache.size", "free")).isEqualTo(3);
		assertThat(this.registry.find("leakwatch.cache.maximum").tag("cache", "free").gauge()).isNull();
		assertThat(this.registry.find("leakwatch.cache.evictions").tag("cache", "free").counter()).isNull();
	}

	@Test
	void gaugesWhenOneNameIsInTwoManagersShouldAddUp() {
		BoundedConcurrentMapCacheManager second = new BoundedConcurrentMapCacheManager((name) -> 50);
		this.seenBeans.add("second", second);
		TestCaches.fill(TestCaches.cache(this.manager, "orders"), 3);
		TestCaches.fill(TestCaches.cache(second, "orders"), 4);
		tick();
		assertThat(gauge("leakwatch.cache.size", "orders")).isEqualTo(7);
		assertThat(gauge("leakwatch.cache.maximum", "orders")).isEqualTo(150);
	}

	@Test
	void metersWhenThereAreManyNamesShouldBeFew() {
		for (int i = 0; i < 120; i++) {
			TestCaches.fill(TestCaches.cache(this.manager, "cache" + i), 1);
		}
		tick();
		for (int i = 0; i < 120; i++) {
			this.manager.removeCache("cache" + i);
			TestCaches.fill(TestCaches.cache(this.manager, "later" + i), 150);
		}
		tick();
		assertThat(this.registry.find("leakwatch.cache.size").gauges()).hasSize(1);
		assertThat(gauge("leakwatch.cache.size", CacheMeters.OTHER)).isEqualTo(120 * 100);
		assertThat(counter("leakwatch.cache.evictions", CacheMeters.OTHER)).isEqualTo(120 * 50);
		assertThat(this.registry.find("leakwatch.cache.evictions").counters()).hasSize(CacheMeters.MAXIMUM_NAMES + 1);
	}

	@Test
	void bindToWhenThereAreReadingsShouldShowThemAtOnce() {
		CacheMeters meters = new CacheMeters(this.watch);
		TestCaches.fill(TestCaches.cache(this.manager, "orders"), 3);
		tick();
		SimpleMeterRegistry late = new SimpleMeterRegistry();
		meters.bindTo(late);
		assertThat(late.get("leakwatch.cache.size").gauge().value()).isEqualTo(3);
	}

	private void tick() {
		this.watch.probe(Instant.EPOCH);
	}

	private double gauge(String name, String cache) {
		Gauge gauge = this.registry.get(name).tag("cache", cache).gauge();
		return gauge.value();
	}

	private double counter(String name, String cache) {
		return this.registry.get(name).tag("cache", cache).counter().count();
	}

}
