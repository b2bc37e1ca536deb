package io.leakwatch.autoconfigure.cache;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

import io.leakwatch.core.monitor.Probe;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.metrics.CacheMetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.support.SimpleCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests of {@link LeakWatchCacheAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class LeakWatchCacheAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(CacheAutoConfiguration.class, CacheMetricsAutoConfiguration.class,
				LeakWatchCacheAutoConfiguration.class))
		.withClassLoader(new FilteredClassLoader("com.github.benmanes.caffeine"));

	@Test
	void runShouldBoundTheCachesAsConfigured(CapturedOutput output) {
		this.runner.withUserConfiguration(Caching.class)
			.withPropertyValues("leakwatch.caches.defaults.maximum-size=70",
					"leakwatch.caches.by-name.orders.maximum-size=5")
			.run((context) -> {
				assertThat(context).hasSingleBean(Probe.class);
				TestCaches.fill(TestCaches.cache(context.getBean(CacheManager.class), "orders"), 1_000);
				TestCaches.fill(TestCaches.cache(context.getBean(CacheManager.class), "quotes"), 1_000);
				assertThat(readings(context))
					.extracting(CacheReading::name, CacheReading::size, CacheReading::maximumSize,
							CacheReading::boundedBy)
					.containsExactly(tuple("quotes", 70L, 70L, "leakwatch"), tuple("orders", 5L, 5L, "leakwatch"));
				assertThat(readings(context)).extracting(CacheReading::bean).containsOnly("cacheManager");
			});
		assertThat(output).contains("The caches of bean 'cacheManager' are bounded by LeakWatch")
			.doesNotContain("not eligible");
	}

	@Test
	void runWhenModeIsOffShouldBoundNothingButWatch(CapturedOutput output) {
		this.runner.withUserConfiguration(Caching.class)
			.withPropertyValues("leakwatch.caches.mode=off")
			.run((context) -> {
				assertThat(context.getBean(CacheManager.class)).hasSameClassAs(new ConcurrentMapCacheManager());
				TestCaches.fill(TestCaches.cache(context.getBean(CacheManager.class), "orders"), 20_000);
				assertThat(readings(context)).singleElement().satisfies((reading) -> {
					assertThat(reading.size()).isEqualTo(20_000);
					assertThat(reading.boundedBy()).isEqualTo("none");
					assertThat(reading.maximumSize()).isNull();
					assertThat(reading.fill()).isNull();
					assertThat(reading.alert()).isNull();
				});
			});
		assertThat(output).doesNotContain("LeakWatch").doesNotContain("WARN");
	}

	@Test
	void runWhenDisabledShouldLeaveNothingBehind() {
		this.runner.withUserConfiguration(Caching.class)
			.withPropertyValues("leakwatch.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(CacheWatch.class)
				.doesNotHaveBean(LeakWatchCacheProperties.class)
				.doesNotHaveBean(CacheBoundingPostProcessor.class));
	}

	@Test
	void runWhenThereIsNoCacheShouldStartQuietly(CapturedOutput output) {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(readings(context)).isEmpty();
		});
		assertThat(output).doesNotContain("WARN").doesNotContain("ERROR").doesNotContain("not eligible");
	}

	@Test
	void runWhenBootsCacheModuleIsAbsentShouldStartQuietly(CapturedOutput output) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(LeakWatchCacheAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.cache", "com.github.benmanes.caffeine"))
			.withUserConfiguration(OwnManager.class)
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(CacheMeters.class);
				assertThat(context).doesNotHaveBean(BoundedCacheMeterBinderProvider.class);
				assertThat(TestCaches.isBounded(TestCaches.cache(context.getBean(CacheManager.class), "mine")))
					.isTrue();
			});
		assertThat(output).doesNotContain("WARN").doesNotContain("not eligible");
	}

	@Test
	void runWhenMicrometerIsAbsentShouldStart() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(LeakWatchCacheAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.withUserConfiguration(OwnManager.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(CacheWatch.class)
				.doesNotHaveBean(CacheMeters.class));
	}

	@Test
	void runWhenAManagerIsASubclassOfTheUsersShouldNotTouchIt() {
		this.runner.withUserConfiguration(Subclasses.class).run((context) -> {
			assertThat(context.getBean(CacheManager.class)).hasSameClassAs(new OwnMapCacheManager());
			assertThat(context.getBean("cache")).hasSameClassAs(new OwnMapCache());
			assertThat(readings(context)).isEmpty();
		});
	}

	@Test
	void runWhenACacheHasAMapOfTheUsersShouldReportIt() {
		this.runner.withUserConfiguration(OwnMaps.class).run((context) -> {
			ConcurrentMapCache skipList = context.getBean("skipList", ConcurrentMapCache.class);
			assertThat(skipList.getNativeCache()).isInstanceOf(ConcurrentSkipListMap.class);
			assertThat(readings(context)).extracting(CacheReading::name, CacheReading::size, CacheReading::boundedBy)
				.containsExactly(tuple("skipList", 1L, "none"), tuple("untold", null, "none"));
		});
	}

	@Test
	void runWhenACacheBeanComesFromAManagerShouldNotSplitIt() {
		this.runner.withUserConfiguration(CachesOfManagers.class).run((context) -> {
			CacheManager manager = context.getBean("cacheManager", CacheManager.class);
			assertThat(context.getBean("injected")).isSameAs(manager.getCache("injected"));
			assertThat(context.getBean("called")).isSameAs(manager.getCache("called"));
			CacheManager bounded = context.getBean("bounded", CacheManager.class);
			assertThat(context.getBean("fromBounded")).isSameAs(bounded.getCache("fromBounded"));
			assertThat(readings(context)).extracting(CacheReading::name, CacheReading::boundedBy)
				.containsExactlyInAnyOrder(tuple("injected", "none"), tuple("called", "none"),
						tuple("fromBounded", "leakwatch"));
		});
	}

	@Test
	void runWhenAFactoryBeanMakesTheManagerShouldKeepWhatItDoes() {
		this.runner.withUserConfiguration(ManagerByFactory.class).run((context) -> {
			Cache cache = TestCaches.cache(context.getBean(CacheManager.class), "early");
			assertThat(TestCaches.isBounded(cache)).isTrue();
			// Was never told a class loader, and so stores by reference.
			assertThat(TestCaches.value(cache, "key")).isEqualTo("value");
			Object notSerializable = new Object();
			cache.put("object", notSerializable);
			assertThat(TestCaches.value(cache, "object")).isSameAs(notSerializable);
		});
	}

	@Test
	void runShouldBindTheUsualMeters() {
		this.runner.withUserConfiguration(Caching.class)
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withPropertyValues("spring.cache.cache-names=orders", "leakwatch.caches.defaults.maximum-size=50")
			.run((context) -> {
				Cache cache = TestCaches.cache(context.getBean(CacheManager.class), "orders");
				TestCaches.fill(cache, 60);
				cache.put("hit", 1);
				cache.get("miss");
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(registry.get("cache.size")
					.tags("cache", "orders", "cache.manager", "cacheManager")
					.gauge()
					.value()).isEqualTo(50);
				assertThat(registry.get("cache.gets").tag("result", "miss").functionCounter().count()).isEqualTo(1);
				assertThat(registry.get("cache.gets").tag("result", "hit").functionCounter().count()).isZero();
				assertThat(registry.get("cache.evictions").functionCounter().count()).isEqualTo(11);
				assertThat(registry.find("cache.puts").meter()).isNull();
			});
	}

	@Test
	void runWhenAPropertyIsWrongShouldFailWithItsName() {
		this.runner.withUserConfiguration(Caching.class)
			.withPropertyValues("leakwatch.caches.defaults.maximum-size=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("must be greater than 0"));
	}

	static List<CacheReading> readings(AssertableApplicationContext context) {
		CacheWatch watch = context.getBean(CacheWatch.class);
		watch.probe(Instant.EPOCH);
		return watch.readings();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	static class Caching {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnManager {

		@Bean
		ConcurrentMapCacheManager cacheManager() {
			return new ConcurrentMapCacheManager();
		}

	}

	static class OwnMapCacheManager extends ConcurrentMapCacheManager {

	}

	static class OwnMapCache extends ConcurrentMapCache {

		OwnMapCache() {
			super("own");
		}

		@Override
		public int hashCode() {
			throw new AssertionError("The application's code is not to be called");
		}

		@Override
		public boolean equals(Object other) {
			throw new AssertionError("The application's code is not to be called");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Subclasses {

		@Bean
		OwnMapCacheManager cacheManager() {
			return new OwnMapCacheManager();
		}

		@Bean
		OwnMapCache cache() {
			return new OwnMapCache();
		}

	}

	@SuppressWarnings("serial")
	static class OwnMap extends ConcurrentHashMap<Object, Object> {

		@Override
		public int size() {
			throw new AssertionError("The application's code is not to be called");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnMaps {

		@Bean
		ConcurrentMapCache skipList() {
			return new ConcurrentMapCache("skipList", new ConcurrentSkipListMap<>(Map.of("a", 1)), true);
		}

		@Bean
		ConcurrentMapCache untold() {
			return new ConcurrentMapCache("untold", new OwnMap(), true);
		}

	}

	@Configuration
	static class CachesOfManagers {

		@Bean
		CacheManager cacheManager() {
			SimpleCacheManager manager = new SimpleCacheManager();
			manager.setCaches(List.of(new ConcurrentMapCache("injected"), new ConcurrentMapCache("called")));
			return manager;
		}

		@Bean(defaultCandidate = false)
		ConcurrentMapCacheManager bounded() {
			return new ConcurrentMapCacheManager();
		}

		@Bean
		Cache injected(CacheManager cacheManager) {
			return TestCaches.cache(cacheManager, "injected");
		}

		@Bean
		Cache called() {
			return TestCaches.cache(cacheManager(), "called");
		}

		@Bean
		Cache fromBounded() {
			return TestCaches.cache(bounded(), "fromBounded");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ManagerByFactory {

		@Bean
		FactoryBean<ConcurrentMapCacheManager> cacheManager() {
			ConcurrentMapCacheManager manager = new ConcurrentMapCacheManager("early");
			manager.setStoreByValue(true);
			TestCaches.cache(manager, "early").put("key", "value");
			return new FactoryBean<>() {

				@Override
				public ConcurrentMapCacheManager getObject() {
					return manager;
				}

				@Override
				public Class<?> getObjectType() {
					return ConcurrentMapCacheManager.class;
				}

			};
		}

	}

}
