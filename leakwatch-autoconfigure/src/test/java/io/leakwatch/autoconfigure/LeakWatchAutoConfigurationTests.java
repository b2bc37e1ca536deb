package io.leakwatch.autoconfigure;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

import io.leakwatch.autoconfigure.RunningApplication.Application;
import io.leakwatch.core.monitor.LeakWatchMonitor;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.scheduling.TaskScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests of what the starter adds to an application, and what it refuses.
 */
class LeakWatchAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LeakWatchAutoConfiguration.class));

	@Test
	void starterShouldAddTheseBeansAndTakeNoneAway() {
		Set<String> without = beanNames("spring.autoconfigure.exclude=" + String.join(",", ownAutoConfigurations()));
		Set<String> with = beanNames();
		Set<String> added = new TreeSet<>(with);
		added.removeAll(without);
		assertThat(without).as("beans that are there without the starter").isSubsetOf(with);
		assertThat(added).containsExactlyInAnyOrder("io.leakwatch.autoconfigure.LeakWatchAutoConfiguration",
				"io.leakwatch.autoconfigure.actuate.endpoint.LeakWatchEndpointAutoConfiguration",
				"io.leakwatch.autoconfigure.cache.LeakWatchCacheAutoConfiguration",
				"io.leakwatch.autoconfigure.cache.LeakWatchCacheAutoConfiguration$MeterBinderProviderConfiguration",
				"io.leakwatch.autoconfigure.cache.LeakWatchCacheAutoConfiguration$MetersConfiguration",
				"io.leakwatch.autoconfigure.health.LeakWatchHealthAutoConfiguration",
				"io.leakwatch.autoconfigure.metrics.JvmMetersAutoConfiguration",
				"io.leakwatch.autoconfigure.metrics.LeakWatchMetersAutoConfiguration",
				"io.leakwatch.autoconfigure.operation.LeakWatchOperationsAutoConfiguration",
				"io.leakwatch.autoconfigure.operation.LeakWatchOperationsAutoConfiguration$SessionsConfiguration",
				"leakwatch-io.leakwatch.autoconfigure.LeakWatchProperties",
				"leakwatch.operations-io.leakwatch.autoconfigure.operation.LeakWatchOperationsProperties",
				"leakwatch.caches-io.leakwatch.autoconfigure.cache.LeakWatchCacheProperties",
				"leakwatch.snapshots-io.leakwatch.autoconfigure.LeakWatchSnapshotProperties", "leakWatchBeanRoots",
				"leakWatchBoundedCacheMeterBinderProvider", "leakWatchCacheBoundingPostProcessor",
				"leakWatchCacheMeters", "leakWatchCacheWatch", "leakWatchEndpoint", "leakWatchHeapDumpDiffEndpoint",
				"leakwatchHealthIndicator", "leakWatchHeapProfiler", "leakWatchLifecycle", "leakWatchMeters",
				"leakWatchMonitor", "leakWatchPathMapper", "leakWatchProfileProbe", "leakWatchRequestCount",
				"leakWatchSnapshots", "leakWatchSuspectPublisher", "leakWatchExpectations", "leakWatchOperationMeters",
				"leakWatchOperationsLifecycle", "leakWatchMeasuringPostProcessor", "leakWatchClosedContexts",
				"leakWatchExpiredSessions");
	}

	@Test
	void starterShouldPublishNothingThatOthersLookFor() {
		try (RunningApplication application = RunningApplication.open(WebApplicationType.SERVLET)) {
			ConfigurableApplicationContext context = application.context();
			for (Class<?> type : List.of(Executor.class, TaskScheduler.class, ThreadFactory.class, Thread.class,
					Clock.class, MeterRegistry.class)) {
				assertThat(context.getBeanNamesForType(type)).as(type.getName())
					.allSatisfy((name) -> assertThat(context.getBeanFactory().getBeanDefinition(name).toString())
						.doesNotContain("io.leakwatch"));
			}
			assertThat(context.containsBean("applicationTaskExecutor")).isTrue();
			assertThat(context.getBeanNamesForType(TaskScheduler.class)).isEmpty();
		}
	}

	@Test
	void starterWhenSwitchedOffShouldAddNoBeanOfItsOwn() {
		this.runner.withPropertyValues("leakwatch.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(LeakWatchMonitor.class)
				.doesNotHaveBean(LeakWatchProperties.class)
				.doesNotHaveBean(LeakWatchLifecycle.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "io.leakwatch.autoconfigure.LeakWatchAutoConfiguration",
			"org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
			"org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration",
			"org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration,"
					+ "org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration" })
	void startWhenAnAutoConfigurationIsExcludedShouldSucceed(String excluded) {
		try (RunningApplication application = RunningApplication.start(WebApplicationType.NONE, Application.class,
				"spring.autoconfigure.exclude=" + excluded)) {
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void eachAutoConfigurationShouldBeLeftOutAlone() {
		for (String excluded : ownAutoConfigurations()) {
			try (RunningApplication application = RunningApplication.start(WebApplicationType.NONE, Application.class,
					"spring.autoconfigure.exclude=" + excluded)) {
				assertThat(application.context().isActive()).as(excluded).isTrue();
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "leakwatch.watch.interval, 0s, 100ms or more", "leakwatch.watch.interval, 99ms, 100ms or more",
			"leakwatch.watch.interval, -1s, leakwatch.enabled=false", "leakwatch.watch.warm-up, -1s, 0s or more",
			"leakwatch.budget, 2, above 0 and up to 1", "leakwatch.budget, 0, above 0 and up to 1",
			"leakwatch.budget, NaN, above 0 and up to 1", "leakwatch.max-pause, -1ms, 0s or more",
			"leakwatch.snapshots.maximum-count, 1, 2 or more", "leakwatch.snapshots.interval, -1s, 0s or more",
			"leakwatch.snapshots.cool-down, -1s, 0s or more", "leakwatch.snapshots.max-pause, -1s, 0s or more",
			"leakwatch.snapshots.heap-dump-cool-down, -1s, 0s or more",
			"leakwatch.snapshots.maximum-size, -1B, 0B or more",
			"leakwatch.snapshots.maximum-dump-size, -1B, 0B or more",
			"leakwatch.snapshots.analysis-time-limit, 0s, above 0s",
			"leakwatch.snapshots.analysis, elsewhere, No enum constant",
			"leakwatch.snapshots.refuse-traffic-before, -1s, 0s or more",
			"leakwatch.snapshots.suspicion-delay, -1s, 0s or more",
			"leakwatch.snapshots.suspicion-interval, -1s, 0s or more", "leakwatch.expectations.delay, -1s, 0s or more",
			"leakwatch.watch.interval, soon, not a valid duration", "leakwatch.caches.alert-share, 2, at most 1",
			"leakwatch.caches.defaults.maximum-size, 0, greater than 0" })
	@ExtendWith(OutputCaptureExtension.class)
	void startWithAValueThatCannotBeShouldSayWhatToDo(String property, String value, String remedy,
			CapturedOutput output) {
		assertThatException().isThrownBy(() -> {
			try (RunningApplication started = RunningApplication.start(WebApplicationType.NONE, Application.class,
					property + "=" + value, "spring.main.lazy-initialization=false")) {
				assertThat(started.context().isActive()).isTrue();
			}
		});
		assertThat(output).contains("APPLICATION FAILED TO START", property, remedy);
	}

	@Test
	void limitsThatCanJustBeShouldBeTaken() {
		this.runner
			.withPropertyValues("leakwatch.watch.interval=100ms", "leakwatch.watch.warm-up=0s", "leakwatch.budget=1",
					"leakwatch.max-pause=0s", "leakwatch.snapshots.maximum-count=2", "leakwatch.snapshots.interval=0s",
					"leakwatch.snapshots.cool-down=0s", "leakwatch.snapshots.max-pause=0s",
					"leakwatch.snapshots.heap-dump-cool-down=0s", "leakwatch.snapshots.maximum-size=0B",
					"leakwatch.snapshots.maximum-dump-size=0B", "leakwatch.snapshots.analysis-time-limit=1ms",
					"leakwatch.snapshots.refuse-traffic=true", "leakwatch.snapshots.refuse-traffic-before=0s",
					"leakwatch.snapshots.on-suspicion=true", "leakwatch.snapshots.suspicion-delay=0s",
					"leakwatch.snapshots.suspicion-interval=0s", "leakwatch.ignore=a.*,b")
			.run((context) -> assertThat(context.getBean(LeakWatchMonitor.class).settings())
				.satisfies((settings) -> assertThat(settings.ignore()).containsExactly("a.*", "b"))
				.satisfies((settings) -> assertThat(settings.budget()).isEqualTo(1)));
	}

	@Test
	void applicationPackagesShouldBeThoseOfTheApplication() {
		try (RunningApplication application = RunningApplication.open(WebApplicationType.NONE)) {
			assertThat(application.bean(LeakWatchMonitor.class).settings().applicationPackages())
				.containsExactly("io.leakwatch.autoconfigure");
		}
		this.runner
			.run((context) -> assertThat(context.getBean(LeakWatchMonitor.class).settings().applicationPackages())
				.isEmpty());
	}

	static List<String> ownAutoConfigurations() {
		List<String> own = ImportCandidates
			.load(AutoConfiguration.class, LeakWatchAutoConfigurationTests.class.getClassLoader())
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("io.leakwatch."))
			.toList();
		assertThat(own).hasSizeGreaterThanOrEqualTo(6);
		return own;
	}

	private static Set<String> beanNames(String... properties) {
		try (RunningApplication application = RunningApplication.open(WebApplicationType.SERVLET, properties)) {
			return new TreeSet<>(Arrays.asList(application.context().getBeanDefinitionNames()));
		}
	}

}
