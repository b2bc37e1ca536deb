package io.leakwatch.autoconfigure.health;

import io.leakwatch.autoconfigure.LeakWatchAutoConfiguration;
import io.leakwatch.core.monitor.LeakWatchMonitor;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health contributor {@code leakwatch}.
 */
@AutoConfiguration(after = LeakWatchAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(LeakWatchMonitor.class)
@ConditionalOnEnabledHealthIndicator("leakwatch")
public final class LeakWatchHealthAutoConfiguration {

	LeakWatchHealthAutoConfiguration() {
	}

	@Bean
	LeakWatchHealthIndicator leakwatchHealthIndicator(LeakWatchMonitor leakWatchMonitor) {
		return new LeakWatchHealthIndicator(() -> leakWatchMonitor.isRunning() ? leakWatchMonitor.report() : null);
	}

}
