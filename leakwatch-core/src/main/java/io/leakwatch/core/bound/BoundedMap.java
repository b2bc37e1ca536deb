package io.leakwatch.core.bound;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ConcurrentMap} that holds a given number of entries at most, and counts its
 * hits, misses and evictions. When it is full, the entry leaves that is judged the least
 * likely to be read again, which may be the newest one.
 *
 * <p>
 * Safe for any thread, and as atomic as {@link java.util.concurrent.ConcurrentHashMap}: a
 * function of {@code compute} and its like runs once, while other threads wait that
 * change the same key. Neither keys nor values may be {@code null}. Reads take constant
 * time and wait for nobody. No thread is started: entries are evicted by the threads that
 * use the map, a few microseconds now and then, so {@link #size()} may exceed the bound
 * for a short time. Views are weakly consistent and write through.
 *
 * <p>
 * {@link #get}, {@link #getOrDefault} and {@link #computeIfAbsent} count as reads; the
 * views, {@link #containsKey} and everything else do not.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class BoundedMap<K, V> implements ConcurrentMap<K, V> {

	/** What Spring gives its caches: some kilobytes, and seldom a table to be grown. */
	private static final int INITIAL_CAPACITY = 256;

	private final long maximumSize;

	private final IdleExecutor executor = new IdleExecutor();

	private final Cache<K, V> cache;

	private final ConcurrentMap<K, V> map;

	/**
	 * An empty map.
	 * @param maximumSize the number of entries that the map holds at most, greater than 0
	 */
	public BoundedMap(long maximumSize) {
		if (maximumSize <= 0) {
			throw new IllegalArgumentException("maximumSize must be greater than 0, but is " + maximumSize);
		}
		this.maximumSize = maximumSize;
		this.cache = Caffeine.newBuilder()
			.initialCapacity((int) Math.min(maximumSize, INITIAL_CAPACITY))
			.maximumSize(maximumSize)
			.executor(this.executor)
			.recordStats()
			.build();
		this.map = this.cache.asMap();
	}

	/**
	 * The number of entries that this map holds at most.
	 * @return a count, greater than 0
	 */
	public long maximumSize() {
		return this.maximumSize;
	}

	/**
	 * What this map has counted so far. Costs a few additions and no lock.
	 * @return a snapshot, whose numbers are not taken at quite the same instant
	 */
	public BoundedMapStatistics statistics() {
		CacheStats stats = this.cache.stats();
		return new BoundedMapStatistics(stats.hitCount(), stats.missCount(), stats.evictionCount());
	}

	/** Does all the upkeep that is due, so that a test may count. */
	void settle() {
		this.cache.cleanUp();
	}

	@Override
	@SuppressWarnings("unchecked")
	public @Nullable V get(Object key) {
		// The view's own get counts nothing. The cast is never checked: a key of another
		// type simply equals none.
		return this.cache.getIfPresent((K) key);
	}

	@Override
	public @Nullable V computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function) {
		requireFunction(function);
		try {
			return this.cache.get(key, (k) -> this.executor.computing(() -> function.apply(k)));
		}
		finally {
			this.executor.runPostponed();
		}
	}

	@Override
	public @Nullable V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends @Nullable V> function) {
		return afterwardsIdle(() -> this.map.computeIfPresent(key, counted(function)));
	}

	@Override
	public @Nullable V compute(K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
		return afterwardsIdle(() -> this.map.compute(key, counted(function)));
	}

	@Override
	public @Nullable V merge(K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> function) {
		return afterwardsIdle(() -> this.map.merge(key, value, counted(function)));
	}

	@Override
	public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
		afterwardsIdle(() -> {
			this.map.replaceAll(counted(function));
			return null;
		});
	}

	@Override
	public void forEach(BiConsumer<? super K, ? super V> action) {
		this.map.forEach(action);
	}

	@Override
	public int size() {
		return this.map.size();
	}

	@Override
	public boolean isEmpty() {
		return this.map.isEmpty();
	}

	@Override
	public boolean containsKey(Object key) {
		return this.map.containsKey(key);
	}

	@Override
	public boolean containsValue(Object value) {
		return this.map.containsValue(value);
	}

	@Override
	public @Nullable V put(K key, V value) {
		return this.map.put(key, value);
	}

	@Override
	public void putAll(Map<? extends K, ? extends V> entries) {
		this.map.putAll(entries);
	}

	@Override
	public @Nullable V putIfAbsent(K key, V value) {
		return this.map.putIfAbsent(key, value);
	}

	@Override
	public @Nullable V replace(K key, V value) {
		return this.map.replace(key, value);
	}

	@Override
	public boolean replace(K key, V oldValue, V newValue) {
		return this.map.replace(key, oldValue, newValue);
	}

	@Override
	public @Nullable V remove(Object key) {
		return this.map.remove(key);
	}

	@Override
	public boolean remove(Object key, @Nullable Object value) {
		return this.map.remove(key, value);
	}

	@Override
	public void clear() {
		this.map.clear();
	}

	@Override
	public Set<K> keySet() {
		return this.map.keySet();
	}

	@Override
	public Collection<V> values() {
		return this.map.values();
	}

	@Override
	public Set<Entry<K, V>> entrySet() {
		return this.map.entrySet();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return (this == other) || this.map.equals(other);
	}

	@Override
	public int hashCode() {
		return this.map.hashCode();
	}

	@Override
	public String toString() {
		return this.map.toString();
	}

	private <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> BiFunction<A, B, R> counted(
			BiFunction<? super A, ? super B, ? extends R> function) {
		requireFunction(function);
		return (a, b) -> this.executor.computing(() -> function.apply(a, b));
	}

	private <R extends @Nullable Object> R afterwardsIdle(Supplier<R> operation) {
		try {
			return operation.get();
		}
		finally {
			this.executor.runPostponed();
		}
	}

	private static void requireFunction(@Nullable Object function) {
		if (function == null) {
			throw new NullPointerException("function must not be null");
		}
	}

}
