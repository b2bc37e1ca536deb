package io.leakwatch.autoconfigure.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.cache.concurrent.ConcurrentMapCacheFactoryBean;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * An application with and without LeakWatch, of which the same is expected.
 */
@ParameterizedClass
@ValueSource(booleans = { false, true })
public class SideBySideTests {

	private final boolean withLeakWatch;

	private final ApplicationContextRunner runner;

	SideBySideTests(boolean withLeakWatch) {
		this.withLeakWatch = withLeakWatch;
		ApplicationContextRunner plain = new ApplicationContextRunner()
			.withClassLoader(new FilteredClassLoader("com.github.benmanes.caffeine"))
			.withConfiguration(AutoConfigurations.of(CacheAutoConfiguration.class))
			.withUserConfiguration(Caching.class);
		this.runner = withLeakWatch
				? plain.withConfiguration(AutoConfigurations.of(LeakWatchCacheAutoConfiguration.class)) : plain;
	}

	@Test
	void cacheManagerShouldBeOfTheTypeThatBootPicks() {
		run((context) -> {
			assertThat(context).hasSingleBean(CacheManager.class)
				.hasSingleBean(ConcurrentMapCacheManager.class)
				.hasBean("cacheManager");
			Cache cache = context.getBean(ConcurrentMapCacheManager.class).getCache("orders");
			assertThat(cache).isInstanceOf(ConcurrentMapCache.class);
			assertThat(TestCaches.isBounded(cache)).isEqualTo(this.withLeakWatch);
		});
	}

	@Test
	void injectionByConcreteTypeShouldWork() {
		this.runner.withUserConfiguration(CacheBeans.class, OwnManager.class, Consumer.class).run((context) -> {
			assertThat(context).hasNotFailed();
			Consumer consumer = context.getBean(Consumer.class);
			assertThat(consumer.byFactory.getName()).isEqualTo("byFactory");
			assertThat(TestCaches.isBounded(consumer.byFactory)).isEqualTo(this.withLeakWatch);
			assertThat(consumer.plain.getName()).isEqualTo("plain");
			assertThat(consumer.plain.get("before", String.class)).isEqualTo("kept");
			assertThat(consumer.plain.isAllowNullValues()).isFalse();
			assertThat(TestCaches.isBounded(consumer.plain)).isEqualTo(this.withLeakWatch);
			assertThat(consumer.manager).isSameAs(context.getBean(CacheManager.class));
		});
	}

	@Test
	void cacheableShouldCacheValuesNullsAndFutures() {
		run((context) -> {
			Service service = context.getBean(Service.class);
			assertThat(List.of(service.value(1), service.value(1), service.value(2))).containsExactly("value 1 call 1",
					"value 1 call 1", "value 2 call 2");
			assertThat(service.nothing(1)).isNull();
			assertThat(service.nothing(1)).isNull();
			assertThat(service.nothingCalls()).isEqualTo(1);
			assertThat(service.future(1).join()).isEqualTo("future 1 call 1");
			assertThat(service.future(1).join()).isEqualTo("future 1 call 1");
			assertThat(service.futureInStep(1).join()).isEqualTo("future 1 call 2");
			assertThat(service.futureInStep(1).join()).isEqualTo("future 1 call 2");
		});
	}

	@Test
	void cacheableInStepShouldLoadOnce() {
		run((context) -> {
			Service service = context.getBean(Service.class);
			List<CompletableFuture<String>> calls = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				calls.add(CompletableFuture.supplyAsync(() -> service.inStep(7)));
			}
			assertThat(calls).allSatisfy((call) -> assertThat(call.join()).isEqualTo("in step 7 call 1"));
		});
	}

	@Test
	void cacheShouldObeyTheWholeInterface() {
		run((context) -> {
			ConcurrentMapCache cache = (ConcurrentMapCache) TestCaches.cache(context.getBean(CacheManager.class),
					"orders");
			assertThat(cache.get("a")).isNull();
			assertThat(cache.putIfAbsent("a", 1)).isNull();
			assertThat(cache.putIfAbsent("a", 2)).isNotNull().extracting(Cache.ValueWrapper::get).isEqualTo(1);
			assertThat(cache.get("a", Integer.class)).isEqualTo(1);
			assertThat(cache.get("b", () -> 3)).isEqualTo(3);
			assertThat(cache.retrieve("missing")).isNull();
			assertThat(((Cache.ValueWrapper) Objects.requireNonNull(cache.retrieve("a")).join()).get()).isEqualTo(1);
			assertThat(cache.retrieve("c", () -> CompletableFuture.completedFuture(4)).join()).isEqualTo(4);
			cache.put("n", null);
			assertThat(cache.get("n")).isNotNull().extracting(Cache.ValueWrapper::get).isNull();
			ConcurrentMap<Object, Object> store = cache.getNativeCache();
			assertThat(store).containsOnlyKeys("a", "b", "c", "n").containsEntry("a", 1);
			cache.evict("a");
			assertThat(cache.evictIfPresent("a")).isFalse();
			assertThat(cache.evictIfPresent("b")).isTrue();
			assertThat(cache.invalidate()).isTrue();
			assertThat(cache.invalidate()).isFalse();
			cache.put("a", 1);
			cache.clear();
			assertThat(store).isEmpty();
		});
	}

	@Test
	void cacheNamesShouldBeFixedWhenConfigured() {
		this.runner.withPropertyValues("spring.cache.cache-names=orders,quotes").run((context) -> {
			ConcurrentMapCacheManager manager = context.getBean(ConcurrentMapCacheManager.class);
			assertThat(manager.getCacheNames()).containsExactlyInAnyOrder("orders", "quotes");
			assertThat(manager.getCache("unknown")).isNull();
			assertThat(TestCaches.isBounded(manager.getCache("orders"))).isEqualTo(this.withLeakWatch);
		});
	}

	@Test
	void cacheNamesShouldBeSetLaterToo() {
		run((context) -> {
			ConcurrentMapCacheManager manager = context.getBean(ConcurrentMapCacheManager.class);
			assertThat(manager.getCacheNames()).isEmpty();
			assertThat(manager.getCache("dynamic")).isNotNull();
			manager.setCacheNames(List.of("fixed"));
			assertThat(manager.getCacheNames()).containsExactlyInAnyOrder("dynamic", "fixed");
			assertThat(manager.getCache("unknown")).isNull();
			assertThat(TestCaches.isBounded(manager.getCache("fixed"))).isEqualTo(this.withLeakWatch);
			manager.removeCache("fixed");
			assertThat(manager.getCache("fixed")).isNull();
			manager.setCacheNames(null);
			assertThat(manager.getCache("fixed")).isNotNull();
			manager.setAllowNullValues(false);
			assertThat(TestCaches.isBounded(manager.getCache("fixed"))).isEqualTo(this.withLeakWatch);
			assertThatIllegalArgumentException().isThrownBy(() -> TestCaches.cache(manager, "fixed").put("a", null));
		});
	}

	@Test
	void stateOfTheManagerShouldBeKept() {
		this.runner.withUserConfiguration(Customized.class).run((context) -> {
			ConcurrentMapCacheManager manager = context.getBean(ConcurrentMapCacheManager.class);
			assertThat(manager.isAllowNullValues()).isFalse();
			assertThat(manager.isStoreByValue()).isTrue();
			assertThat(manager.getCacheNames()).containsExactly("early");
			ConcurrentMapCache early = (ConcurrentMapCache) TestCaches.cache(manager, "early");
			assertThat(early.isStoreByValue()).isTrue();
			ArrayList<String> value = new ArrayList<>(List.of("a"));
			early.put("list", value);
			assertThat(early.getNativeCache().get("list")).isInstanceOf(byte[].class);
			assertThat(TestCaches.value(early, "list")).isEqualTo(value).isNotSameAs(value);
			assertThatIllegalArgumentException().isThrownBy(() -> early.put("object", new Object()));
			assertThat(manager.getCache("dynamic")).isNotNull();
		});
	}

	@Test
	void managerShouldBearAProxy() {
		this.runner.withUserConfiguration(Proxying.class).run((context) -> {
			assertThat(context).hasNotFailed();
			ConcurrentMapCacheManager manager = context.getBean(ConcurrentMapCacheManager.class);
			assertThat(TestCaches.isBounded(manager.getCache("orders"))).isEqualTo(this.withLeakWatch);
			assertThat(context.getBean(Service.class).value(1)).isEqualTo("value 1 call 1");
			assertThat(context.getBean(Service.class).value(1)).isEqualTo("value 1 call 1");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "simple", "none", "generic" })
	void cacheTypeShouldBeObeyed(String type) {
		this.runner.withUserConfiguration(CacheBeans.class)
			.withPropertyValues("spring.cache.type=" + type)
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(CacheManager.class);
				String expected = switch (type) {
					case "none" -> "NoOpCacheManager";
					case "generic" -> "SimpleCacheManager";
					default -> "ConcurrentMapCacheManager";
				};
				assertThat(context.getBean(CacheManager.class).getClass().getSimpleName()).endsWith(expected);
			});
	}

	private void run(ContextConsumer<AssertableApplicationContext> consumer) {
		this.runner.run(consumer);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	static class Caching {

		@Bean
		Service service() {
			return new Service();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CacheBeans {

		@Bean
		ConcurrentMapCacheFactoryBean byFactory() {
			return new ConcurrentMapCacheFactoryBean();
		}

		@Bean
		ConcurrentMapCache plain() {
			ConcurrentMapCache cache = new ConcurrentMapCache("plain", false);
			cache.put("before", "kept");
			return cache;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnManager {

		@Bean
		ConcurrentMapCacheManager cacheManager() {
			return new ConcurrentMapCacheManager();
		}

	}

	static class Consumer {

		private final ConcurrentMapCache byFactory;

		private final ConcurrentMapCache plain;

		private final ConcurrentMapCacheManager manager;

		Consumer(ConcurrentMapCache byFactory, ConcurrentMapCache plain, ConcurrentMapCacheManager manager) {
			this.byFactory = byFactory;
			this.plain = plain;
			this.manager = manager;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customized {

		@Bean
		CacheManagerCustomizer<ConcurrentMapCacheManager> customizer() {
			return (manager) -> {
				manager.setAllowNullValues(false);
				manager.setStoreByValue(true);
				assertThat(manager.getCache("early")).isNotNull();
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Proxying {

		@Bean
		static BeanNameAutoProxyCreator proxyCreator() {
			BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
			creator.setBeanNames("cacheManager");
			creator.setProxyTargetClass(true);
			return creator;
		}

	}

	public static class Service {

		private final AtomicInteger valueCalls = new AtomicInteger();

		private final AtomicInteger nothingCalls = new AtomicInteger();

		private final AtomicInteger futureCalls = new AtomicInteger();

		private final AtomicInteger inStepCalls = new AtomicInteger();

		@Cacheable("values")
		public String value(int id) {
			return "value " + id + " call " + this.valueCalls.incrementAndGet();
		}

		@Cacheable("nothing")
		public @Nullable String nothing(int id) {
			this.nothingCalls.incrementAndGet();
			return null;
		}

		public int nothingCalls() {
			return this.nothingCalls.get();
		}

		@Cacheable("futures")
		public CompletableFuture<String> future(int id) {
			return CompletableFuture.completedFuture("future " + id + " call " + this.futureCalls.incrementAndGet());
		}

		@Cacheable(cacheNames = "futuresInStep", sync = true)
		public CompletableFuture<String> futureInStep(int id) {
			return CompletableFuture.completedFuture("future " + id + " call " + this.futureCalls.incrementAndGet());
		}

		@Cacheable(cacheNames = "inStep", sync = true)
		public String inStep(int id) {
			return "in step " + id + " call " + this.inStepCalls.incrementAndGet();
		}

	}

}
