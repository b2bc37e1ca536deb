package io.leakwatch.autoconfigure.metrics;

import java.util.Collection;

import io.leakwatch.core.monitor.RequestCount;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * The HTTP requests that were served, as Boot's own timer counts them.
 */
final class HttpRequestCount implements RequestCount {

	private static final String REQUESTS = "http.server.requests";

	private final ObjectProvider<MeterRegistry> registry;

	HttpRequestCount(ObjectProvider<MeterRegistry> registry) {
		this.registry = registry;
	}

	@Override
	public @Nullable Long read() {
		MeterRegistry available = this.registry.getIfUnique();
		if (available == null) {
			return null;
		}
		Collection<Timer> timers = available.find(REQUESTS).timers();
		return timers.isEmpty() ? null : timers.stream().mapToLong(Timer::count).sum();
	}

}
