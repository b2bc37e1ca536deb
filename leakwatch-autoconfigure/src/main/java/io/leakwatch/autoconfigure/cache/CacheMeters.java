package io.leakwatch.autoconfigure.cache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

import io.leakwatch.autoconfigure.event.CacheAlertEvent;
import io.leakwatch.heap.profile.PrintableName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The meters of the watched caches. The first {@value #MAXIMUM_NAMES} names that are seen
 * become tags, and all others are added up under {@code other}, as are caches of one name
 * in several managers. The gauges read what the last tick found, so a scrape costs
 * nothing.
 */
final class CacheMeters implements MeterBinder, CacheWatchListener {

	static final int MAXIMUM_NAMES = 50;

	static final String OTHER = "other";

	private static final int MAXIMUM_NAME_LENGTH = 120;

	private final Set<String> names = new HashSet<>();

	private final Map<String, Sums> sums = new HashMap<>();

	private final List<RegistryMeters> registries = new ArrayList<>();

	CacheMeters(CacheWatch watch) {
		watch.addListener(this);
	}

	@Override
	public synchronized void bindTo(MeterRegistry registry) {
		RegistryMeters meters = new RegistryMeters(registry);
		meters.register(this.sums);
		this.registries.add(meters);
	}

	@Override
	public synchronized void read(List<CacheReading> readings) {
		Map<String, Sums> fresh = new HashMap<>();
		for (CacheReading reading : readings) {
			fresh.computeIfAbsent(tag(reading.name()), (tag) -> new Sums()).add(reading);
		}
		this.sums.keySet().retainAll(fresh.keySet());
		// A gauge is tied to the object that it was registered with, so that one stays.
		fresh.forEach((tag, sum) -> this.sums.computeIfAbsent(tag, (key) -> new Sums()).set(sum));
		this.registries.forEach((registry) -> registry.register(this.sums));
	}

	@Override
	public synchronized void evicted(String cacheName, long count) {
		String tag = tag(cacheName);
		this.registries.forEach((registry) -> registry.evictions(tag).increment(count));
	}

	@Override
	public synchronized void alerted(CacheAlertEvent alert) {
		String tag = tag(alert.cacheName());
		String reason = alert.reason().name().toLowerCase(Locale.ROOT);
		this.registries.forEach((registry) -> registry.alerts(tag, reason).increment());
	}

	private String tag(String cacheName) {
		String tag = PrintableName.of(cacheName, MAXIMUM_NAME_LENGTH);
		if (!this.names.contains(tag)) {
			if (this.names.size() >= MAXIMUM_NAMES) {
				return OTHER;
			}
			this.names.add(tag);
		}
		return tag;
	}

	/** What the caches of one tag come to; unknown is not a number. */
	private static final class Sums {

		private volatile double size = Double.NaN;

		private volatile double maximumSize = Double.NaN;

		private volatile boolean evictionsRecorded;

		void add(CacheReading reading) {
			Long size = reading.size();
			if (size != null) {
				this.size = size + (Double.isNaN(this.size) ? 0 : this.size);
			}
			Long maximumSize = reading.maximumSize();
			if (maximumSize != null) {
				this.maximumSize = maximumSize + (Double.isNaN(this.maximumSize) ? 0 : this.maximumSize);
			}
			this.evictionsRecorded |= (reading.evictions() != null);
		}

		void set(Sums other) {
			this.size = other.size;
			this.maximumSize = other.maximumSize;
			this.evictionsRecorded = other.evictionsRecorded;
		}

	}

	/** The meters of one registry. */
	private static final class RegistryMeters {

		private final MeterRegistry registry;

		private final MultiGauge sizes;

		private final MultiGauge maximumSizes;

		RegistryMeters(MeterRegistry registry) {
			this.registry = registry;
			this.sizes = MultiGauge.builder("leakwatch.cache.size")
				.description("Number of entries in the cache, at the last tick")
				.register(registry);
			this.maximumSizes = MultiGauge.builder("leakwatch.cache.maximum")
				.description("Number of entries that the cache may hold")
				.register(registry);
		}

		void register(Map<String, Sums> sums) {
			this.sizes.register(rows(sums, (sum) -> sum.size));
			this.maximumSizes.register(rows(sums, (sum) -> sum.maximumSize));
			sums.forEach((tag, sum) -> {
				if (sum.evictionsRecorded) {
					// A counter that begins at 0 shows its first increase as a rate.
					evictions(tag);
				}
			});
		}

		Counter evictions(String tag) {
			return Counter.builder("leakwatch.cache.evictions")
				.description("Number of entries that left the cache by themselves")
				.tag("cache", tag)
				.register(this.registry);
		}

		Counter alerts(String tag, String reason) {
			return Counter.builder("leakwatch.cache.alerts")
				.description("Alerts of the cache")
				.tags("cache", tag, "reason", reason)
				.register(this.registry);
		}

		private static List<Row<Sums>> rows(Map<String, Sums> sums, ToDoubleFunction<Sums> value) {
			List<Row<Sums>> rows = new ArrayList<>();
			sums.forEach((tag, sum) -> {
				if (!Double.isNaN(value.applyAsDouble(sum))) {
					rows.add(Row.of(Tags.of("cache", tag), sum, value));
				}
			});
			return rows;
		}

	}

}
