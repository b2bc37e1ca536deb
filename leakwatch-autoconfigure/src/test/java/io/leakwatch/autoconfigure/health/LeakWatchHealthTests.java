package io.leakwatch.autoconfigure.health;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;

import io.leakwatch.autoconfigure.RunningApplication;
import io.leakwatch.autoconfigure.TestReports;
import io.leakwatch.core.monitor.Report;
import io.leakwatch.core.suspect.Severity;
import io.leakwatch.core.suspect.Suspect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

/**
 * Tests of the health contributor.
 */
class LeakWatchHealthTests {

	private static final String DETAILS = "management.endpoint.health.show-details=always";

	@Test
	void healthBeforeTheFirstReportShouldBeUp() {
		Health health = health(null);
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(value = io.leakwatch.core.monitor.Status.class, mode = EnumSource.Mode.EXCLUDE, names = "LEAKING")
	void healthWhenNoLeakIsConfirmedShouldBeUp(io.leakwatch.core.monitor.Status verdict) {
		Health health = health(TestReports.report(verdict, List.of(TestReports.suspect("aaa", Severity.WATCH)), 0));
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsOnlyKeys("verdict", "since").containsEntry("verdict", verdict);
	}

	@Test
	void healthWhenALeakIsConfirmedShouldBeLeakingWithTheSuspects() {
		Suspect confirmed = TestReports.suspect("ccc", Severity.CONFIRMED);
		Health health = health(TestReports.report(io.leakwatch.core.monitor.Status.LEAKING,
				List.of(confirmed, TestReports.suspect("aaa", Severity.WATCH)), 0));
		assertThat(health.getStatus()).isEqualTo(LeakWatchHealthIndicator.LEAKING);
		assertThat(health.getDetails().get("suspects")).asInstanceOf(LIST)
			.singleElement()
			.asString()
			.contains("ccc", "CONFIRMED", "Orders grow by 18 a minute");
	}

	@Test
	void healthShouldNameFiveSuspectsAtMost() {
		List<Suspect> suspects = IntStream.range(0, 9)
			.mapToObj((number) -> TestReports.suspect("s" + number, Severity.PROBABLE))
			.toList();
		assertThat(health(TestReports.report(io.leakwatch.core.monitor.Status.GROWING, suspects, 0)).getDetails()
			.get("suspects")).asInstanceOf(LIST).hasSize(5);
	}

	@Test
	void contributorShouldBeNamedLeakwatch() {
		try (RunningApplication application = RunningApplication.open(WebApplicationType.SERVLET, DETAILS)) {
			application.get("/actuator/leakwatch");
			JsonNode health = application.json("/actuator/health/leakwatch");
			assertThat(health.get("status").asString()).isEqualTo("UP");
			assertThat(health.at("/details/verdict").asString()).isEqualTo("WARMING_UP");
			assertThat(application.json("/actuator/health").at("/components/leakwatch").isMissingNode()).isFalse();
		}
	}

	@Test
	void contributorWhenSwitchedOffShouldNotBeThere() {
		try (RunningApplication application = RunningApplication.open(WebApplicationType.SERVLET,
				"management.health.leakwatch.enabled=false")) {
			assertThat(application.get("/actuator/health/leakwatch").statusCode()).isEqualTo(404);
			assertThat(application.get("/actuator/leakwatch").statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@EnumSource(value = WebApplicationType.class, names = { "SERVLET", "REACTIVE" })
	void leakShouldNotHarmTheWhole(WebApplicationType type) {
		try (RunningApplication application = RunningApplication.start(type, LeakingApplication.class, DETAILS,
				"management.endpoints.web.exposure.include=health")) {
			HttpResponse<String> one = application.get("/actuator/health/leaking");
			assertThat(one.statusCode()).isEqualTo(200);
			assertThat(RunningApplication.json(one).get("status").asString()).isEqualTo("LEAKING");
			HttpResponse<String> whole = application.get("/actuator/health");
			assertThat(whole.statusCode()).isEqualTo(200);
			assertThat(RunningApplication.json(whole).get("status").asString()).isEqualTo("UP");
			application.bean(Switch.class).down = true;
			HttpResponse<String> down = application.get("/actuator/health");
			assertThat(down.statusCode()).isEqualTo(503);
			assertThat(RunningApplication.json(down).get("status").asString()).isEqualTo("DOWN");
		}
	}

	@Test
	void leakShouldCountWhereTheTeamSaysSo() {
		try (RunningApplication application = RunningApplication.start(WebApplicationType.SERVLET,
				LeakingApplication.class, "management.endpoint.health.status.order=down,leaking,up,unknown",
				"management.endpoint.health.status.http-mapping.leaking=503")) {
			HttpResponse<String> whole = application.get("/actuator/health");
			assertThat(whole.statusCode()).isEqualTo(503);
			assertThat(RunningApplication.json(whole).get("status").asString()).isEqualTo("LEAKING");
		}
	}

	private static Health health(@Nullable Report report) {
		return new LeakWatchHealthIndicator(() -> report).health();
	}

	/** An application with a confirmed leak, and a component that may fail. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class LeakingApplication {

		@Bean
		HealthIndicator leakingHealthIndicator() {
			Report report = TestReports.report(io.leakwatch.core.monitor.Status.LEAKING,
					List.of(TestReports.suspect("ccc", Severity.CONFIRMED)), 0);
			return new LeakWatchHealthIndicator(() -> report);
		}

		@Bean
		Switch databaseHealthIndicator() {
			return new Switch();
		}

	}

	static class Switch implements HealthIndicator {

		private volatile boolean down;

		@Override
		public Health health() {
			return (this.down ? Health.down() : Health.up()).build();
		}

	}

}
