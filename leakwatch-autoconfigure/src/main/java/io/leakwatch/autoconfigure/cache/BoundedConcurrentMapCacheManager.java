package io.leakwatch.autoconfigure.cache;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.core.serializer.support.SerializationDelegate;

/**
 * Spring's own manager of map caches, whose caches have a bound. Public for the sake of
 * class proxies, as {@link BoundedConcurrentMapCache} is.
 */
public class BoundedConcurrentMapCacheManager extends ConcurrentMapCacheManager {

	private final ToLongFunction<String> maximumSizes;

	/**
	 * The caches in use, by name: a second book beside the private one of the super
	 * class, whose {@code getCache} would bring a cache back to life that has just been
	 * removed. Weak, for there is no hook at which removed ones could be struck off.
	 */
	private final Map<String, WeakReference<Cache>> created = new ConcurrentHashMap<>();

	private @Nullable SerializationDelegate serialization;

	BoundedConcurrentMapCacheManager(ToLongFunction<String> maximumSizes) {
		this.maximumSizes = maximumSizes;
	}

	/**
	 * A manager in the same state as another one: settings, mode, caches, entries.
	 * @param original the manager to be replaced, of exactly Spring's class
	 * @param classLoader the class loader for caches that store by value
	 * @param maximumSizes the bound of a cache by its name
	 * @return the replacement
	 */
	static BoundedConcurrentMapCacheManager replacing(ConcurrentMapCacheManager original, ClassLoader classLoader,
			ToLongFunction<String> maximumSizes) {
		BoundedConcurrentMapCacheManager manager = new BoundedConcurrentMapCacheManager(maximumSizes);
		manager.setAllowNullValues(original.isAllowNullValues());
		manager.setStoreByValue(original.isStoreByValue());
		// Nothing tells whether a manager is dynamic, but the attempt.
		String attempt = "leakwatch-" + UUID.randomUUID();
		Cache sample = original.getCache(attempt);
		boolean dynamic = (sample != null);
		original.removeCache(attempt);
		if (sample == null && !original.getCacheNames().isEmpty()) {
			sample = original.getCache(original.getCacheNames().iterator().next());
		}
		// A factory bean's manager may never have been given a class loader. It then
		// stores by reference, whatever its flag says, and must go on so.
		boolean byValueInVain = original.isStoreByValue() && sample instanceof ConcurrentMapCache cache
				&& !cache.isStoreByValue();
		if (!byValueInVain) {
			manager.setBeanClassLoader(classLoader);
		}
		manager.setCacheNames(original.getCacheNames());
		if (dynamic) {
			manager.setCacheNames(null);
		}
		for (String name : original.getCacheNames()) {
			if (original.getCache(name) instanceof ConcurrentMapCache before
					&& manager.getCache(name) instanceof BoundedConcurrentMapCache after) {
				after.adopt(before.getNativeCache());
			}
		}
		return manager;
	}

	@Override
	public void setBeanClassLoader(ClassLoader classLoader) {
		this.serialization = new SerializationDelegate(classLoader);
		super.setBeanClassLoader(classLoader);
	}

	@Override
	protected Cache createConcurrentMapCache(String name) {
		Cache cache = new BoundedConcurrentMapCache(name, this.maximumSizes.applyAsLong(name), isAllowNullValues(),
				isStoreByValue() ? this.serialization : null);
		this.created.values().removeIf((reference) -> reference.refersTo(null));
		this.created.put(name, new WeakReference<>(cache));
		return cache;
	}

	/**
	 * Shows the caches in use, and creates none.
	 * @param visitor is given each cache
	 */
	void visit(Consumer<Cache> visitor) {
		for (String name : getCacheNames()) {
			WeakReference<Cache> reference = this.created.get(name);
			Cache cache = (reference != null) ? reference.get() : null;
			if (cache != null) {
				visitor.accept(cache);
			}
		}
	}

}
