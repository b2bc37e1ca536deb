package io.leakwatch.autoconfigure.metrics;

import java.util.List;

import io.leakwatch.autoconfigure.RunningApplication;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the meters of the JVM are there, and there once.
 */
class JvmMetersAutoConfigurationTests {

	private static final String WITHOUT_BOOTS = "spring.autoconfigure.exclude=org.springframework.boot.micrometer.metrics.autoconfigure.jvm.JvmMetricsAutoConfiguration";

	private static final List<Class<?>> BINDERS = List.of(JvmMemoryMetrics.class, JvmGcMetrics.class,
			JvmThreadMetrics.class, ClassLoaderMetrics.class);

	@Test
	void metersWhenBootHasThemShouldBeBoots() {
		try (RunningApplication application = start(RunningApplication.Application.class)) {
			assertBinders(application.context(), false);
			assertMeters(application.bean(MeterRegistry.class));
		}
	}

	@Test
	void metersWhenBootHasThemNotShouldBeOurs() {
		try (RunningApplication application = start(RunningApplication.Application.class, WITHOUT_BOOTS)) {
			assertBinders(application.context(), true);
			assertMeters(application.bean(MeterRegistry.class));
		}
	}

	@Test
	void metersWhenTheApplicationHasThemShouldBeTheApplications() {
		try (RunningApplication application = start(OwnMemoryMetrics.class, WITHOUT_BOOTS)) {
			assertThat(application.context().getBeanNamesForType(JvmMemoryMetrics.class)).containsExactly("own");
			assertThat(application.context().getBeanNamesForType(JvmGcMetrics.class))
				.containsExactly("leakWatchJvmGcMetrics");
		}
	}

	@Test
	void metersWhenSwitchedOffShouldNotBeThere() {
		try (RunningApplication application = start(RunningApplication.Application.class, WITHOUT_BOOTS,
				"leakwatch.metrics.jvm=false")) {
			assertThat(application.context().getBeansOfType(JvmMemoryMetrics.class)).isEmpty();
			assertThat(application.bean(MeterRegistry.class).find("jvm.memory.used").gauges()).isEmpty();
			assertThat(application.bean(MeterRegistry.class).find("leakwatch.heap.live").gauges()).hasSize(1);
		}
	}

	private static RunningApplication start(Class<?> application, String... properties) {
		return RunningApplication.start(WebApplicationType.NONE, application, properties);
	}

	private static void assertBinders(ApplicationContext context, boolean ours) {
		for (Class<?> binder : BINDERS) {
			assertThat(context.getBeanNamesForType(binder)).as(binder.getSimpleName())
				.singleElement()
				.satisfies((name) -> assertThat(name.startsWith("leakWatch")).isEqualTo(ours));
		}
	}

	private static void assertMeters(MeterRegistry registry) {
		for (String meter : List.of("jvm.memory.used", "jvm.memory.max", "jvm.buffer.memory.used", "jvm.threads.live",
				"jvm.classes.loaded", "jvm.gc.live.data.size")) {
			assertThat(registry.find(meter).gauges()).as(meter).isNotEmpty();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class OwnMemoryMetrics {

		@Bean
		JvmMemoryMetrics own() {
			return new JvmMemoryMetrics();
		}

	}

}
