package io.leakwatch.autoconfigure.actuate.endpoint;

import java.time.Duration;
import java.util.List;

import io.leakwatch.autoconfigure.RunningApplication;
import io.leakwatch.autoconfigure.TestReports;
import io.leakwatch.core.monitor.Report;
import io.leakwatch.core.monitor.Status;
import io.leakwatch.core.signal.BufferUsage;
import io.leakwatch.core.signal.ClassUsage;
import io.leakwatch.core.signal.ProcessUsage;
import io.leakwatch.core.suspect.Severity;
import io.leakwatch.core.suspect.Suspect;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a report in which there are suspects, as JSON and as text.
 */
class LeakWatchDescriptorTests {

	private final Suspect suspect = TestReports.suspect("ffe21b89f8ff", Severity.CONFIRMED);

	private final Report report = TestReports.report(Status.LEAKING, List.of(this.suspect), 1);

	private final LeakWatchDescriptor descriptor = LeakWatchDescriptor.of(this.report, List.of(),
			Duration.ofSeconds(90));

	@Test
	void suspectShouldHaveTheFieldsOfTheContract() {
		JsonNode json;
		try (RunningApplication application = RunningApplication.open(WebApplicationType.SERVLET)) {
			json = application.bean(EndpointJsonMapper.class).get().valueToTree(this.descriptor);
		}
		JsonNode told = json.at("/suspects/0");
		assertThat(told.propertyNames()).containsExactly("id", "kind", "severity", "confidence", "title", "className",
				"holder", "allocationSite", "count", "growthPerMinute", "bytesPerMinute", "retainedBytes", "firstSeen",
				"lastSeen", "evidence", "advice");
		assertThat(told.at("/evidence/0").propertyNames()).containsExactly("signal", "detail", "at");
		assertThat(told.get("id").asString()).isEqualTo("ffe21b89f8ff");
		assertThat(told.get("kind").asString()).isEqualTo("HEAP");
		assertThat(told.get("severity").asString()).isEqualTo("CONFIRMED");
		assertThat(told.get("lastSeen").asString()).isEqualTo("2026-01-02T03:04:05Z");
		assertThat(told.get("retainedBytes").isNull()).isTrue();
		assertThat(json.get("status").asString()).isEqualTo("LEAKING");
		assertThat(json.at("/heap/growthBytesPerMinute").asLong()).isEqualTo(600);
		assertThat(json.at("/heap/confidence").asDouble()).isEqualTo(0.99);
		assertThat(json.at("/budget/lastPauseMillis").asLong()).isEqualTo(17);
	}

	@Test
	void textShouldBeginWithTheVerdictAndTheSuspects() {
		assertThat(LeakWatchTextReport.of(this.descriptor, TestReports.AT).lines()).startsWith(
				"LeakWatch: LEAKING since 60 s, up 90 s", "", "Suspects",
				"  1. CONFIRMED HEAP (ffe21b89f8ff): Orders grow by 18 a minute",
				"     held by bean 'orderService' → com.acme.OrderService.recent",
				"     allocated by com.acme.OrderService.place(OrderService.java:41)",
				"     class-histogram: +18 instances", "     Look at who keeps them.");
	}

	@Test
	void textShouldSayWhatIsUnknown() {
		Report bare = new Report(TestReports.AT, Status.UNKNOWN, TestReports.AT,
				new Report.Heap(2000, null, null, null, null, 0, null, "none"), new ClassUsage(null, 60), null,
				new BufferUsage(0, 0, null), new ProcessUsage(null, null, null, null),
				new Report.Threads(1, 3, List.of()), 0, List.of(), List.of(), List.of(), List.of(),
				new Report.Costs(0.005, 0, Duration.ZERO, null));
		String text = LeakWatchTextReport.of(LeakWatchDescriptor.of(bare, List.of(), Duration.ZERO), TestReports.AT);
		assertThat(text).doesNotContain("null")
			.contains("Suspects\n  none", "unknown live", "unknown resident", "DEADLOCK  3 threads");
	}

	@Test
	void containersShouldBeATable() {
		Report report = TestReports.report(Status.STABLE, List.of(), 0);
		assertThat(LeakWatchTextReport.containers(report.containers().stream().map(ContainerDescriptor::of).toList()))
			.containsSubsequence("ENTRIES", "BOUND", "PER MINUTE", "HOLDER", "20", "none", "+18",
					"bean 'orderService' → ");
		assertThat(LeakWatchTextReport.containers(List.of())).isEqualTo("  none\n");
	}

}
