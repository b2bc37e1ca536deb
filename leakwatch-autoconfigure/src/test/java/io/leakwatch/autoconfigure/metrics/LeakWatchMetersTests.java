package io.leakwatch.autoconfigure.metrics;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.leakwatch.autoconfigure.RunningApplication;
import io.leakwatch.autoconfigure.TestReports;
import io.leakwatch.core.histogram.ClassHistogram;
import io.leakwatch.core.monitor.LeakWatchMonitor;
import io.leakwatch.core.monitor.RequestCount;
import io.leakwatch.core.monitor.Status;
import io.leakwatch.core.snapshot.SnapshotSettings;
import io.leakwatch.core.snapshot.Snapshots;
import io.leakwatch.core.suspect.Severity;
import io.leakwatch.core.suspect.Suspect;
import io.leakwatch.core.suspect.SuspectKind;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of LeakWatch's own meters.
 */
class LeakWatchMetersTests {

	@Test
	void metersBeforeTheFirstReportShouldBeThereAndTellNothing() {
		withMeters((meters, registry) -> {
			assertThat(registry.get("leakwatch.heap.live").gauge().value()).isNaN();
			assertThat(registry.get("leakwatch.heap.growth").gauge().value()).isNaN();
			assertThat(registry.get("leakwatch.heap.exhaustion").gauge().value()).isNaN();
			assertThat(registry.get("leakwatch.budget.spent").gauge().value()).isNaN();
			assertThat(registry.get("leakwatch.suspects").gauges()).allMatch((gauge) -> gauge.value() == 0);
			assertThat(registry.get("leakwatch.snapshots").tags("kind", "histogram", "state", "ready").gauge().value())
				.isZero();
		});
	}

	@Test
	void metersShouldTellTheLatestReportWithItsUnits() {
		withMeters((meters, registry) -> {
			meters.reported(
					TestReports.report(Status.LEAKING, List.of(TestReports.suspect("aaa", Severity.CONFIRMED)), 2));
			assertGauge(registry, "leakwatch.heap.live", "bytes", 1000);
			assertGauge(registry, "leakwatch.heap.growth", "bytes", 600.4);
			assertThat(registry.get("leakwatch.heap.exhaustion").gauge().value()).isBetween(200.0, 300.0);
			assertThat(registry.get("leakwatch.heap.exhaustion").gauge().getId().getBaseUnit()).isEqualTo("seconds");
			assertGauge(registry, "leakwatch.budget.spent", null, 0.001);
			assertThat(registry.get("leakwatch.suspects").tags("kind", "heap", "severity", "confirmed").gauge().value())
				.isEqualTo(1);
			assertThat(registry.get("leakwatch.suspects").tags("kind", "thread", "severity", "watch").gauge().value())
				.isZero();
			assertThat(registry.get("leakwatch.suspect.growth")
				.tags("id", "aaa", "kind", "heap", "holder", "bean 'orderService' → com.acme.OrderService.recent")
				.gauge()
				.value()).isEqualTo(18);
			assertThat(registry.get("leakwatch.threads").tag("group", "group-0").gauge().value()).isEqualTo(2);
			assertThat(registry.get("leakwatch.container.size")
				.tag("holder", "bean 'orderService' → com.acme.OrderService.recent (java.util.ArrayList)")
				.gauge()
				.value()).isEqualTo(20);
			meters.probed("gauges", Duration.ofMillis(3));
			assertThat(registry.get("leakwatch.probe").tag("probe", "gauges").timer().count()).isEqualTo(1);
		});
	}

	@Test
	void everyMeterShouldHaveADescription() {
		withMeters((meters, registry) -> {
			meters.reported(
					TestReports.report(Status.LEAKING, List.of(TestReports.suspect("aaa", Severity.CONFIRMED)), 2));
			meters.probed("gauges", Duration.ofMillis(3));
			assertThat(registry.getMeters()).isNotEmpty()
				.allSatisfy((meter) -> assertThat(meter.getId().getDescription()).as(meter.getId().toString())
					.isNotBlank());
		});
	}

	@Test
	void tagsShouldBeBounded() {
		withMeters((meters, registry) -> {
			List<Suspect> suspects = IntStream.range(0, 30)
				.mapToObj((number) -> TestReports.suspect("s" + number, Severity.WATCH))
				.toList();
			meters.reported(TestReports.report(Status.GROWING, suspects, 50));
			assertThat(registry.get("leakwatch.threads").gauges()).hasSize(21);
			assertThat(registry.get("leakwatch.threads").tag("group", "other").gauge().value())
				.isEqualTo(IntStream.rangeClosed(1, 30).sum());
			assertThat(registry.get("leakwatch.suspect.growth").gauges()).hasSize(10);
			assertThat(registry.get("leakwatch.suspects").gauges())
				.hasSize(SuspectKind.values().length * Severity.values().length);
		});
	}

	@Test
	void metersOfWhatIsGoneShouldGo() {
		withMeters((meters, registry) -> {
			meters
				.reported(TestReports.report(Status.GROWING, List.of(TestReports.suspect("aaa", Severity.WATCH)), 30));
			meters.reported(TestReports.report(Status.STABLE, List.of(), 3));
			assertThat(registry.find("leakwatch.suspect.growth").gauges()).isEmpty();
			assertThat(registry.get("leakwatch.threads").gauges()).hasSize(4);
			meters.reported(TestReports.report(Status.GROWING, List.of(TestReports.suspect("aaa", Severity.WATCH)), 3));
			assertThat(registry.get("leakwatch.suspect.growth").tag("id", "aaa").gauge().value()).isEqualTo(18);
		});
	}

	@Test
	void metersShouldBeReadByPrometheus() {
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		try (LeakWatchMeters meters = new LeakWatchMeters(snapshots())) {
			meters.bindTo(registry);
			meters.reported(
					TestReports.report(Status.LEAKING, List.of(TestReports.suspect("aaa", Severity.CONFIRMED)), 2));
			meters.probed("gauges", Duration.ofMillis(3));
			assertThat(registry.scrape()).contains("leakwatch_heap_live_bytes 1000.0",
					"leakwatch_heap_growth_bytes 600.4", "leakwatch_threads{group=\"group-0\"} 2.0",
					"leakwatch_suspects{kind=\"heap\",severity=\"confirmed\"} 1.0",
					"leakwatch_probe_seconds_count{probe=\"gauges\"} 1");
		}
	}

	@Test
	void closeShouldTakeTheMetersOutOfEachRegistry() {
		SimpleMeterRegistry first = new SimpleMeterRegistry();
		SimpleMeterRegistry second = new SimpleMeterRegistry();
		first.counter("orders");
		LeakWatchMeters meters = new LeakWatchMeters(snapshots());
		meters.bindTo(first);
		meters.bindTo(second);
		meters.reported(TestReports.report(Status.STABLE, List.of(), 3));
		assertThat(second.getMeters()).hasSameSizeAs(first.getMeters().subList(1, first.getMeters().size()));
		meters.close();
		assertThat(first.getMeters()).singleElement()
			.satisfies((meter) -> assertThat(meter.getId().getName()).isEqualTo("orders"));
		assertThat(second.getMeters()).isEmpty();
		meters.reported(TestReports.report(Status.STABLE, List.of(), 3));
		meters.probed("gauges", Duration.ofMillis(3));
		assertThat(second.getMeters()).isEmpty();
	}

	@Test
	void applicationWithSeveralRegistriesShouldHaveTheMetersInEach() {
		MeterRegistry simple;
		try (RunningApplication application = RunningApplication.start(WebApplicationType.SERVLET,
				SeveralRegistries.class, RunningApplication.OPEN.toArray(String[]::new))) {
			application.bean(LeakWatchMonitor.class).awaitReport();
			simple = application.bean(SimpleMeterRegistry.class);
			PrometheusMeterRegistry prometheus = application.bean(PrometheusMeterRegistry.class);
			for (MeterRegistry registry : List.of(simple, prometheus)) {
				await().atMost(Duration.ofSeconds(60))
					.untilAsserted(() -> assertThat(registry.find("leakwatch.threads").gauges()).isNotEmpty());
				assertThat(registry.find("leakwatch.heap.live").gauge()).isNotNull();
			}
			application.get("/actuator/health");
			application.get("/actuator/health");
			await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
				Long requests = application.bean(RequestCount.class).read();
				assertThat(requests).isNotNull().isEqualTo(2);
			});
		}
		assertThat(simple.getMeters()).noneMatch((meter) -> meter.getId().getName().startsWith("leakwatch.")
				&& !meter.getId().getName().startsWith("leakwatch.cache."));
	}

	private static Snapshots snapshots() {
		return new Snapshots(new ClassHistogram(Clock.systemUTC()),
				new SnapshotSettings(Duration.ZERO, Duration.ZERO, null, 2), Clock.systemUTC());
	}

	private static void assertGauge(MeterRegistry registry, String name, @Nullable String unit, double value) {
		Gauge gauge = registry.get(name).gauge();
		assertThat(gauge.value()).as(name).isEqualTo(value);
		assertThat(gauge.getId().getBaseUnit()).as(name).isEqualTo(unit);
		assertThat(gauge.getId().getType()).isEqualTo(Meter.Type.GAUGE);
	}

	private static void withMeters(MetersTest test) {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		try (LeakWatchMeters meters = new LeakWatchMeters(snapshots())) {
			meters.bindTo(registry);
			test.run(meters, registry);
		}
	}

	interface MetersTest {

		void run(LeakWatchMeters meters, MeterRegistry registry);

	}

	/** A registry that stays beside the one that Boot makes. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class SeveralRegistries {

		@Bean(destroyMethod = "")
		SimpleMeterRegistry simpleMeterRegistry() {
			return new SimpleMeterRegistry();
		}

	}

}
