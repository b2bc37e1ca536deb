package io.leakwatch.autoconfigure.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

import io.leakwatch.core.operation.OperationRecorder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * What operations have allocated, as meters: {@value #ALLOCATED}, a summary of bytes a
 * call, and {@value #UNMEASURED}, a counter, both by operation. Of more than
 * {@value #MOST_OPERATIONS} operations the others are counted as {@value #OTHER}, as
 * names that come from requests must not fill the registry.
 */
final class OperationMeters implements OperationRecorder {

	static final String ALLOCATED = "leakwatch.operation.allocated";

	static final String UNMEASURED = "leakwatch.operation.unmeasured";

	private static final String OTHER = "other";

	private static final int MOST_OPERATIONS = 100;

	private final ObjectProvider<MeterRegistry> registry;

	private final Map<String, DistributionSummary> allocated = new ConcurrentHashMap<>();

	private final Map<String, Counter> unmeasured = new ConcurrentHashMap<>();

	OperationMeters(ObjectProvider<MeterRegistry> registry) {
		this.registry = registry;
	}

	@Override
	public void allocated(String operation, long bytes) {
		DistributionSummary summary = this.allocated.get(operation);
		if (summary == null) {
			summary = summary(operation);
		}
		if (summary != null) {
			summary.record(bytes);
		}
	}

	@Override
	public void unmeasured(String operation) {
		Counter counter = this.unmeasured.get(operation);
		if (counter == null) {
			counter = counter(operation);
		}
		if (counter != null) {
			counter.increment();
		}
	}

	private @Nullable DistributionSummary summary(String operation) {
		return meter(operation, this.allocated,
				(name, available) -> DistributionSummary.builder(ALLOCATED)
					.description("Bytes that the calling thread allocates in one call of an operation")
					.baseUnit("bytes")
					.tag("operation", name)
					.register(available));
	}

	private @Nullable Counter counter(String operation) {
		return meter(operation, this.unmeasured,
				(name, available) -> Counter.builder(UNMEASURED)
					.description("Calls of an operation whose bytes the JVM does not count")
					.baseUnit("calls")
					.tag("operation", name)
					.register(available));
	}

	private <M> @Nullable M meter(String operation, Map<String, M> known, BiFunction<String, MeterRegistry, M> maker) {
		String name = (known.size() < MOST_OPERATIONS) ? operation : OTHER;
		M meter = known.get(name);
		MeterRegistry available = (meter == null) ? this.registry.getIfUnique() : null;
		return (available == null) ? meter : known.computeIfAbsent(name, (absent) -> maker.apply(absent, available));
	}

}
