package io.leakwatch.autoconfigure.cache;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.cache.metrics.CacheMeterBinderProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cache.CacheManager;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

/**
 * Auto-configuration that bounds the application's caches and watches them. It comes
 * before Boot's, which binds cache meters only if it finds a provider of such meters.
 */
@AutoConfiguration(beforeName = { "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration",
		"org.springframework.boot.cache.autoconfigure.metrics.CacheMetricsAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "leakwatch.enabled", matchIfMissing = true)
@ConditionalOnClass(CacheManager.class)
@EnableConfigurationProperties(LeakWatchCacheProperties.class)
public final class LeakWatchCacheAutoConfiguration {

	private static final String[] CAFFEINE = { "com.github.benmanes.caffeine.cache.Cache",
			"org.springframework.cache.caffeine.CaffeineCacheManager" };

	LeakWatchCacheAutoConfiguration() {
	}

	@Bean
	static CacheBoundingPostProcessor leakWatchCacheBoundingPostProcessor(BeanFactory beanFactory,
			ObjectProvider<LeakWatchCacheProperties> properties) {
		return new CacheBoundingPostProcessor(beanFactory, properties);
	}

	@Bean
	static CacheWatch leakWatchCacheWatch(CacheBoundingPostProcessor postProcessor, LeakWatchCacheProperties properties,
			ApplicationContext context) {
		List<CacheFamily> families = new ArrayList<>();
		families.add(new ConcurrentMapCaches());
		if (ClassUtils.isPresent(CAFFEINE[0], context.getClassLoader())
				&& ClassUtils.isPresent(CAFFEINE[1], context.getClassLoader())) {
			families.add(new CaffeineCaches());
		}
		return new CacheWatch(postProcessor.seenBeans(), families, properties.getAlertShare(), context::publishEvent);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetersConfiguration {

		@Bean
		static CacheMeters leakWatchCacheMeters(CacheWatch cacheWatch) {
			return new CacheMeters(cacheWatch);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ MeterBinder.class, CacheMeterBinderProvider.class })
	static class MeterBinderProviderConfiguration {

		@Bean
		static BoundedCacheMeterBinderProvider leakWatchBoundedCacheMeterBinderProvider() {
			return new BoundedCacheMeterBinderProvider();
		}

	}

}
