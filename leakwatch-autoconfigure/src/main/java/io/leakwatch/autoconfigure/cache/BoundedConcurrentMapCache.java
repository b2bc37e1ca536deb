package io.leakwatch.autoconfigure.cache;

import java.util.concurrent.ConcurrentMap;

import io.leakwatch.core.bound.BoundedMap;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.core.serializer.support.SerializationDelegate;

/**
 * Spring's own map cache, over a map with a bound.
 *
 * <p>
 * Public for one reason: an application whose beans have another class loader than this
 * library (with DevTools, for one) may have an aspect that makes a class proxy of the
 * bean, as it could of Spring's class.
 */
public class BoundedConcurrentMapCache extends ConcurrentMapCache {

	BoundedConcurrentMapCache(String name, long maximumSize, boolean allowNullValues,
			@Nullable SerializationDelegate serialization) {
		super(name, new BoundedMap<>(maximumSize), allowNullValues, serialization);
	}

	/**
	 * Takes over the entries of a cache of the same settings.
	 * @param entries the entries as they are stored: serialized, if by value
	 */
	void adopt(ConcurrentMap<Object, Object> entries) {
		getNativeCache().putAll(entries);
	}

}
