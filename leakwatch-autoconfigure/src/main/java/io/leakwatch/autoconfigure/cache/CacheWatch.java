package io.leakwatch.autoconfigure.cache;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.leakwatch.autoconfigure.cache.SeenBeans.SeenBean;
import io.leakwatch.autoconfigure.event.CacheAlertEvent;
import io.leakwatch.autoconfigure.event.CacheAlertEvent.Reason;
import io.leakwatch.core.monitor.BoundedCaches;
import io.leakwatch.core.monitor.Probe;
import io.leakwatch.heap.profile.PrintableName;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;

/**
 * The watch over the application's caches: reads each at every tick, raises alerts, and
 * hands out what it read. In between it tells how full they are, so that none that fills
 * up is taken for a leak.
 *
 * <p>
 * Looks at the caches of Spring's own classes, over maps and over Caffeine, that are
 * beans or belong to a manager that is one. It holds them weakly, makes no bean, and
 * calls no code of the application. A tick reads a few counters of each cache, without a
 * lock, of at most {@value #MAXIMUM_CACHES} caches; asking for the last readings costs
 * nothing.
 */
public final class CacheWatch implements Probe, BoundedCaches {

	static final int MAXIMUM_READINGS = 200;

	static final int MAXIMUM_CACHES = 5_000;

	private static final int MAXIMUM_NAME_LENGTH = 120;

	private static final Log logger = LogFactory.getLog(CacheWatch.class);

	private static final Comparator<CacheReading> LARGEST_FIRST = Comparator.comparingLong(CacheWatch::sizeOrNothing)
		.reversed()
		.thenComparing(CacheReading::name)
		.thenComparing(CacheReading::bean);

	private final SeenBeans seenBeans;

	private final List<CacheFamily> families;

	private final double alertShare;

	private final Consumer<CacheAlertEvent> publisher;

	private final List<CacheWatchListener> listeners = new CopyOnWriteArrayList<>();

	private final Map<Cache, CacheAlerts> alerts = new WeakHashMap<>();

	private final Map<Cache, Boolean> unreadable = new WeakHashMap<>();

	private volatile List<CacheReading> readings = List.of();

	CacheWatch(SeenBeans seenBeans, List<CacheFamily> families, double alertShare,
			Consumer<CacheAlertEvent> publisher) {
		this.seenBeans = seenBeans;
		this.families = List.copyOf(families);
		this.alertShare = alertShare;
		this.publisher = publisher;
	}

	void addListener(CacheWatchListener listener) {
		this.listeners.add(listener);
	}

	@Override
	public String name() {
		return "caches";
	}

	/**
	 * The caches as they were at the last tick, at most {@value #MAXIMUM_READINGS}, the
	 * largest first; those of unknown size come last.
	 * @return an immutable list, empty before the first tick
	 */
	public List<CacheReading> readings() {
		return this.readings;
	}

	@Override
	public synchronized void probe(Instant now) {
		List<CacheReading> found = new ArrayList<>();
		List<CacheAlertEvent> raised = new ArrayList<>();
		visit((cache, beanName) -> read(cache, beanName, now, found, raised));
		found.sort(LARGEST_FIRST);
		List<CacheReading> readings = List.copyOf(found.subList(0, Math.min(found.size(), MAXIMUM_READINGS)));
		this.readings = readings;
		this.listeners.forEach((listener) -> listener.read(readings));
		raised.forEach(this::raise);
	}

	/**
	 * The entries of the caches as they are now, of at most {@value #MAXIMUM_READINGS}
	 * whose maximum is known.
	 */
	@Override
	public synchronized Map<String, Long> read() {
		Map<String, Long> entries = new HashMap<>();
		visit((cache, beanName) -> {
			CacheFigures figures = (entries.size() < MAXIMUM_READINGS) ? figures(cache) : null;
			if (figures != null && figures.fill() != null) {
				entries.put(beanName + "/" + cache.getName(), Objects.requireNonNull(figures.size()));
			}
		});
		return entries;
	}

	private void visit(BiConsumer<Cache, String> visitor) {
		Set<Cache> visited = Collections.newSetFromMap(new IdentityHashMap<>());
		for (SeenBean seen : this.seenBeans.list()) {
			Object bean = seen.reference().get();
			if (bean != null) {
				for (CacheFamily family : this.families) {
					family.visit(bean, (cache) -> {
						if (visited.size() < MAXIMUM_CACHES && visited.add(cache)) {
							visitor.accept(cache, seen.beanName());
						}
					});
				}
			}
		}
	}

	private void read(Cache cache, String beanName, Instant now, List<CacheReading> found,
			List<CacheAlertEvent> raised) {
		CacheFigures figures = figures(cache);
		if (figures == null) {
			return;
		}
		CacheAlerts alerts = this.alerts.computeIfAbsent(cache, (key) -> new CacheAlerts(this.alertShare));
		for (Reason reason : alerts.raisedBy(figures)) {
			raised.add(new CacheAlertEvent(cache.getName(), beanName, reason, Objects.requireNonNull(figures.size()),
					Objects.requireNonNull(figures.maximumSize()), now));
		}
		long evicted = alerts.newEvictions(figures.evictions());
		if (evicted > 0) {
			this.listeners.forEach((listener) -> listener.evicted(cache.getName(), evicted));
		}
		Reason standing = alerts.standing();
		found.add(new CacheReading(cache.getName(), beanName, figures.type(), figures.size(), figures.maximumSize(),
				figures.boundedBy().value(), figures.fill(), figures.hitRatio(), figures.evictions(),
				(standing != null) ? standing.name() : null));
	}

	private @Nullable CacheFigures figures(Cache cache) {
		if (this.unreadable.containsKey(cache)) {
			return null;
		}
		try {
			for (CacheFamily family : this.families) {
				CacheFigures figures = family.read(cache);
				if (figures != null) {
					return figures;
				}
			}
		}
		catch (RuntimeException ex) {
			// One cache that fails must not end the watch over the others.
			this.unreadable.put(cache, true);
			logger.warn("Cache '" + PrintableName.of(cache.getName(), MAXIMUM_NAME_LENGTH)
					+ "' cannot be read, and is no longer watched", ex);
		}
		return null;
	}

	private void raise(CacheAlertEvent alert) {
		logger.warn(describe(alert));
		this.listeners.forEach((listener) -> listener.alerted(alert));
		try {
			this.publisher.accept(alert);
		}
		catch (RuntimeException ex) {
			logger.warn("The alert of cache '" + PrintableName.of(alert.cacheName(), MAXIMUM_NAME_LENGTH)
					+ "' failed in a listener", ex);
		}
	}

	private static String describe(CacheAlertEvent alert) {
		String cache = "Cache '" + PrintableName.of(alert.cacheName(), MAXIMUM_NAME_LENGTH) + "' of bean '"
				+ PrintableName.of(alert.beanName(), MAXIMUM_NAME_LENGTH) + "' ";
		String entries = alert.size() + " of " + alert.maximumSize() + " entries";
		return switch (alert.reason()) {
			case FILL -> cache + "is " + (alert.size() * 100 / alert.maximumSize()) + " % full: " + entries;
			case EVICTION -> cache + "was full and has let entries go: " + entries;
		};
	}

	private static long sizeOrNothing(CacheReading reading) {
		Long size = reading.size();
		return (size != null) ? size : -1;
	}

}
