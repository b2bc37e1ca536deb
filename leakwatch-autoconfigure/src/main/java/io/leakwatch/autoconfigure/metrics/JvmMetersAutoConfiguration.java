package io.leakwatch.autoconfigure.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of Micrometer's JVM meters, memory, buffers, collections, threads
 * and classes, where there is a registry and neither Boot nor the application has such a
 * bean: where Boot's own auto-configuration of them is excluded or missing. Each is the
 * very type that Boot looks for, so that there is never a second bean. An application
 * that binds such meters by hand, without a bean, is to set
 * {@code leakwatch.metrics.jvm=false}.
 */
@AutoConfiguration(afterName = {
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.jvm.JvmMetricsAutoConfiguration" })
@ConditionalOnClass({ MeterRegistry.class, JvmMemoryMetrics.class })
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = { "leakwatch.enabled", "leakwatch.metrics.jvm" }, matchIfMissing = true)
public final class JvmMetersAutoConfiguration {

	JvmMetersAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	JvmMemoryMetrics leakWatchJvmMemoryMetrics() {
		return new JvmMemoryMetrics();
	}

	@Bean
	@ConditionalOnMissingBean
	JvmGcMetrics leakWatchJvmGcMetrics() {
		return new JvmGcMetrics();
	}

	@Bean
	@ConditionalOnMissingBean
	JvmThreadMetrics leakWatchJvmThreadMetrics() {
		return new JvmThreadMetrics();
	}

	@Bean
	@ConditionalOnMissingBean
	ClassLoaderMetrics leakWatchClassLoaderMetrics() {
		return new ClassLoaderMetrics();
	}

}
