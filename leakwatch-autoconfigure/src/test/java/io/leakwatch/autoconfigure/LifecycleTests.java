package io.leakwatch.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.leakwatch.autoconfigure.RunningApplication.Application;
import io.leakwatch.core.histogram.ClassHistogram;
import io.leakwatch.core.monitor.LeakWatchMonitor;
import io.leakwatch.core.monitor.Report;
import io.leakwatch.heap.profile.ClassCount;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that the watch lives as long as its context: no shorter, and no longer.
 */
class LifecycleTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final String SHORT_INTERVAL = "leakwatch.watch.interval=100ms";

	@BeforeEach
	void nothingShouldBeLeftOfEarlierTests() {
		awaitThreads(0);
	}

	@Test
	void contextWhenClosedShouldLeaveNothing() {
		RunningApplication application = start();
		application.bean(LeakWatchMonitor.class).awaitReport();
		awaitThreads(1);
		application.close();
		awaitThreads(0);
		ClassHistogram histogram = new ClassHistogram(Clock.systemUTC());
		await().atMost(LONG).untilAsserted(() -> {
			for (String type : List.of("io.leakwatch.core.signal.CollectionListener",
					"io.leakwatch.core.monitor.Rounds")) {
				ClassCount count = histogram.take(true).profile().find(type);
				assertThat((count != null) ? count.count() : 0).as(type).isZero();
			}
		});
	}

	@Test
	void contextWhenTheStartFailsShouldLeaveNothing() {
		try {
			SpringApplication.run(FailingApplication.class, "--spring.main.web-application-type=none");
		}
		catch (ApplicationContextException ex) {
			assertThat(ex).hasStackTraceContaining("on purpose");
		}
		awaitThreads(0);
	}

	@Test
	void contextWhenStoppedAndStartedShouldWatchOn() {
		try (RunningApplication application = start()) {
			LeakWatchMonitor monitor = application.bean(LeakWatchMonitor.class);
			monitor.awaitReport();
			application.context().stop();
			assertThat(monitor.isRunning()).isFalse();
			awaitThreads(0);
			Report last = Objects.requireNonNull(monitor.report());
			application.context().start();
			assertThat(monitor.isRunning()).isTrue();
			await().atMost(LONG).until(() -> monitor.awaitReport().at().isAfter(last.at()));
			awaitThreads(1);
		}
	}

	@Test
	void contextWithLazyInitializationShouldWatch() {
		try (RunningApplication application = RunningApplication.open(WebApplicationType.SERVLET,
				"spring.main.lazy-initialization=true")) {
			awaitThreads(1);
			assertThat(application.get("/actuator/leakwatch").statusCode()).isEqualTo(200);
			assertThat(application.json("/actuator/metrics/leakwatch.threads").get("measurements")).isNotEmpty();
		}
	}

	@Test
	void contextsSideBySideShouldEachHaveTheirWatch() {
		RunningApplication first = start();
		try (RunningApplication second = start()) {
			awaitThreads(2);
			first.bean(LeakWatchMonitor.class).awaitReport();
			Report latest = second.bean(LeakWatchMonitor.class).awaitReport();
			first.close();
			awaitThreads(1);
			await().atMost(LONG)
				.until(() -> second.bean(LeakWatchMonitor.class).awaitReport().at().isAfter(latest.at()));
		}
		awaitThreads(0);
	}

	@Test
	void contextWithAParentShouldStartAndLeaveNothing() {
		List<ConfigurableApplicationContext> contexts = new ArrayList<>();
		ConfigurableApplicationContext child = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties(SHORT_INTERVAL)
			.child(Application.class)
			.web(WebApplicationType.NONE)
			.properties(SHORT_INTERVAL)
			.run();
		contexts.add(child);
		contexts.add((ConfigurableApplicationContext) Objects.requireNonNull(child.getParent()));
		contexts.forEach((context) -> context.getBean(LeakWatchMonitor.class).awaitReport());
		contexts.forEach(ConfigurableApplicationContext::close);
		awaitThreads(0);
	}

	@Test
	void closingShouldTakeNoTime() {
		RunningApplication application = start();
		application.bean(LeakWatchMonitor.class).awaitReport();
		LeakWatchLifecycle lifecycle = application.bean(LeakWatchLifecycle.class);
		long before = System.nanoTime();
		lifecycle.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
		assertThat(lifecycle.isRunning()).isFalse();
		application.close();
	}

	private static RunningApplication start() {
		return RunningApplication.start(WebApplicationType.NONE, Application.class, SHORT_INTERVAL);
	}

	private static void awaitThreads(long count) {
		await().atMost(LONG)
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces()
				.keySet()
				.stream()
				.filter((thread) -> thread.getName().equals(LeakWatchMonitor.THREAD_NAME))
				.count()).isEqualTo(count));
	}

	/** Its start fails after the watch could have begun. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class FailingApplication {

		@Bean
		SmartLifecycle failing() {
			return new SmartLifecycle() {

				@Override
				public void start() {
					throw new IllegalStateException("on purpose");
				}

				@Override
				public void stop() {
				}

				@Override
				public boolean isRunning() {
					return false;
				}

			};
		}

	}

}
