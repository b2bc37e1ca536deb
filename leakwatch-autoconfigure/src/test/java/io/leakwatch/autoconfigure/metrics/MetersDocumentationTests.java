package io.leakwatch.autoconfigure.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import io.leakwatch.autoconfigure.RunningApplication;
import io.leakwatch.autoconfigure.TestReports;
import io.leakwatch.core.monitor.LeakWatchMonitor;
import io.leakwatch.core.monitor.Status;
import io.leakwatch.core.suspect.Severity;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that the documentation has every meter, as it really is.
 */
class MetersDocumentationTests {

	@Test
	void metersShouldHaveARowForEach() throws IOException {
		List<String> rows = Files.readAllLines(Path.of("..", "docs", "meters.md"));
		try (RunningApplication application = RunningApplication.start(WebApplicationType.NONE, Caching.class,
				"leakwatch.watch.interval=100ms", "leakwatch.caches.defaults.maximum-size=1")) {
			PrometheusMeterRegistry registry = application.bean(PrometheusMeterRegistry.class);
			makeEveryMeter(application, registry);
			List<Meter> meters = registry.getMeters()
				.stream()
				.filter((meter) -> meter.getId().getName().startsWith("leakwatch."))
				.toList();
			assertThat(meters).hasSizeGreaterThan(10).allSatisfy((meter) -> {
				Meter.Id id = meter.getId();
				String row = rows.stream()
					.filter((candidate) -> candidate.startsWith("| `" + id.getName() + "` |"))
					.findFirst()
					.orElse("no row in docs/meters.md");
				assertThat(row).as(id.getName())
					.contains("| " + id.getType().name().toLowerCase(Locale.ROOT) + " |")
					.contains(Objects.requireNonNullElse(id.getBaseUnit(), ""));
				assertThat(id.getTags().stream().map(Tag::getKey))
					.allSatisfy((tag) -> assertThat(row).as(id.getName()).contains("`" + tag + "`"));
			});
			String scrape = registry.scrape();
			rows.stream().filter((row) -> row.startsWith("| `leakwatch.")).forEach((row) -> {
				String prometheusName = row.split("`", -1)[3];
				assertThat(scrape).as(row).contains("\n" + prometheusName.replaceAll("\\*$", ""));
			});
		}
	}

	private static void makeEveryMeter(RunningApplication application, PrometheusMeterRegistry registry) {
		Cache cache = Objects.requireNonNull(application.bean(CacheManager.class).getCache("orders"));
		for (int i = 0; i < 10; i++) {
			cache.put(i, i);
		}
		application.bean(LeakWatchMonitor.class).awaitReport();
		await().atMost(Duration.ofSeconds(60))
			.until(() -> registry.find("leakwatch.cache.alerts").tag("reason", "eviction").counter() != null);
		application.bean(OperationMeters.class).allocated("place order", 1_000);
		application.bean(OperationMeters.class).unmeasured("place order");
		application.context().stop();
		application.bean(LeakWatchMeters.class)
			.reported(TestReports.report(Status.LEAKING, List.of(TestReports.suspect("aaa", Severity.CONFIRMED)), 2));
	}

	/** An application with a cache that is soon full. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Caching {

		@Bean
		CacheManager cacheManager() {
			return new ConcurrentMapCacheManager();
		}

	}

}
