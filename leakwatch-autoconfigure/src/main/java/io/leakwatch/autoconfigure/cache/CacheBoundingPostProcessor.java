package io.leakwatch.autoconfigure.cache;

import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.leakwatch.heap.profile.PrintableName;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.util.ClassUtils;

/**
 * The place where a cache without a bound gets one: a {@link ConcurrentMapCacheManager}
 * or {@link ConcurrentMapCache} of exactly Spring's class is replaced by a subclass in
 * the same state, before anyone else has seen the bean. A subclass, and no proxy, because
 * applications inject these types, and Boot looks for them when it binds cache meters.
 *
 * <p>
 * Remembers the caches that it saw, bounded or not, for {@link CacheWatch}. Looks at
 * other beans with {@code instanceof} alone, and asks for the properties only when there
 * is something to bound, so that nothing is made early on its account. Comes before the
 * post-processors that make proxies: a proxy hides what is behind it.
 */
class CacheBoundingPostProcessor implements BeanPostProcessor, PriorityOrdered {

	private static final Log logger = LogFactory.getLog(CacheBoundingPostProcessor.class);

	private static final int MAXIMUM_NAME_LENGTH = 120;

	private final BeanFactory beanFactory;

	private final ObjectProvider<LeakWatchCacheProperties> properties;

	private final SeenBeans seenBeans = new SeenBeans();

	private final AtomicBoolean announced = new AtomicBoolean();

	CacheBoundingPostProcessor(BeanFactory beanFactory, ObjectProvider<LeakWatchCacheProperties> properties) {
		this.beanFactory = beanFactory;
		this.properties = properties;
	}

	SeenBeans seenBeans() {
		return this.seenBeans;
	}

	@Override
	public int getOrder() {
		// The last of the first group, which comes before all that is merely Ordered.
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (!(bean instanceof CacheManager || bean instanceof Cache)) {
			return bean;
		}
		Object result = isUnbounded(bean, beanName) ? bound(bean, beanName, this.properties.getObject()) : bean;
		this.seenBeans.add(beanName, result);
		return result;
	}

	private boolean isUnbounded(Object bean, String beanName) {
		if (bean.getClass() == ConcurrentMapCacheManager.class) {
			return true;
		}
		return bean.getClass() == ConcurrentMapCache.class
				&& ((ConcurrentMapCache) bean).getNativeCache().getClass() == ConcurrentHashMap.class
				&& !mayBelongToManager(beanName);
	}

	/**
	 * Whether a cache bean may have come out of a manager that goes on using the same
	 * object ({@code return cacheManager.getCache("orders")}), as far as the container
	 * knows: it noted what was injected where. Replaced, the cache would fall in two.
	 */
	private boolean mayBelongToManager(String beanName) {
		if (!(this.beanFactory instanceof ConfigurableBeanFactory configurable)) {
			return false;
		}
		for (String dependency : configurable.getDependenciesForBean(beanName)) {
			if (isManager(dependency)) {
				return true;
			}
			// The configuration class may have the manager in a field.
			for (String indirect : configurable.getDependenciesForBean(dependency)) {
				if (isManager(indirect)) {
					return true;
				}
			}
		}
		return false;
	}

	private boolean isManager(String beanName) {
		return this.beanFactory.containsBean(beanName) && this.beanFactory.isTypeMatch(beanName, CacheManager.class);
	}

	private Object bound(Object bean, String beanName, LeakWatchCacheProperties properties) {
		if (properties.getMode() == LeakWatchCacheProperties.Mode.OFF) {
			return bean;
		}
		try {
			Object bounded = (bean instanceof ConcurrentMapCacheManager manager)
					? BoundedConcurrentMapCacheManager.replacing(manager, classLoader(), properties::maximumSize)
					: replacing((ConcurrentMapCache) bean, properties);
			announce(beanName);
			return bounded;
		}
		catch (RuntimeException ex) {
			logger.warn(
					"The caches of bean '" + PrintableName.of(beanName, MAXIMUM_NAME_LENGTH) + "' stay without a bound",
					ex);
			return bean;
		}
	}

	private ClassLoader classLoader() {
		ClassLoader classLoader = (this.beanFactory instanceof ConfigurableBeanFactory configurable)
				? configurable.getBeanClassLoader() : null;
		return (classLoader != null) ? classLoader : Objects.requireNonNull(ClassUtils.getDefaultClassLoader());
	}

	private static ConcurrentMapCache replacing(ConcurrentMapCache original, LeakWatchCacheProperties properties) {
		// By reference in any case: only a manager can make Spring's class store by
		// value.
		BoundedConcurrentMapCache cache = new BoundedConcurrentMapCache(original.getName(),
				properties.maximumSize(original.getName()), original.isAllowNullValues(), null);
		cache.adopt(original.getNativeCache());
		return cache;
	}

	private void announce(String beanName) {
		String message = "The caches of bean '" + PrintableName.of(beanName, MAXIMUM_NAME_LENGTH)
				+ "' are bounded by LeakWatch (leakwatch.caches.mode=off to leave them as they are)";
		if (this.announced.compareAndSet(false, true)) {
			logger.info(message);
		}
		else {
			logger.debug(message);
		}
	}

}
