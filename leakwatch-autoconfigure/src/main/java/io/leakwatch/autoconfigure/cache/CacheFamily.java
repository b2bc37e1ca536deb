package io.leakwatch.autoconfigure.cache;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;

/**
 * The caches of one library. Calls nothing but the methods of classes that it knows, and
 * of these only such as neither lock nor change a cache.
 */
interface CacheFamily {

	/**
	 * Shows the caches that a bean stands for: those of a manager, or itself.
	 * @param bean any bean that is a cache or a manager
	 * @param visitor is given each cache of this family; none, if the bean is of another
	 */
	void visit(Object bean, Consumer<Cache> visitor);

	/**
	 * Reads a cache.
	 * @param cache any cache
	 * @return its figures, or {@code null} if it is of another family
	 */
	@Nullable CacheFigures read(Cache cache);

}
