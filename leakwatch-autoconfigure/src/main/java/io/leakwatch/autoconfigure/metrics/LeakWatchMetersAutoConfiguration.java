package io.leakwatch.autoconfigure.metrics;

import io.leakwatch.autoconfigure.LeakWatchAutoConfiguration;
import io.leakwatch.core.monitor.LeakWatchMonitor;
import io.leakwatch.core.monitor.RequestCount;
import io.leakwatch.core.operation.OperationRecorder;
import io.leakwatch.core.snapshot.Snapshots;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of LeakWatch's own meters. The beans are meter binders, which Boot
 * binds to whichever registries there are; without one they cost nothing.
 */
@AutoConfiguration(after = LeakWatchAutoConfiguration.class)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(LeakWatchMonitor.class)
public final class LeakWatchMetersAutoConfiguration {

	LeakWatchMetersAutoConfiguration() {
	}

	@Bean
	LeakWatchMeters leakWatchMeters(Snapshots leakWatchSnapshots) {
		return new LeakWatchMeters(leakWatchSnapshots);
	}

	@Bean
	@ConditionalOnMissingBean
	OperationRecorder leakWatchOperationMeters(ObjectProvider<MeterRegistry> registry) {
		return new OperationMeters(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	RequestCount leakWatchRequestCount(ObjectProvider<MeterRegistry> registry) {
		return new HttpRequestCount(registry);
	}

}
