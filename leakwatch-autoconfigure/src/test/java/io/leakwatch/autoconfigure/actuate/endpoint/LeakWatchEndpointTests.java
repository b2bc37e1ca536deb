package io.leakwatch.autoconfigure.actuate.endpoint;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.leakwatch.autoconfigure.RunningApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@code /actuator/leakwatch} over HTTP, on Tomcat and on Netty.
 */
@ParameterizedClass
@MethodSource("applications")
class LeakWatchEndpointTests {

	private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8";

	private final RunningApplication application;

	LeakWatchEndpointTests(RunningApplication application) {
		this.application = application;
	}

	/** Each is closed by the engine before the next is made. */
	static Stream<RunningApplication> applications() {
		return RunningApplication.types().map((type) -> RunningApplication.open(type, "leakwatch.watch.warm-up=0s"));
	}

	@Test
	void reportShouldHaveTheFieldsOfTheContract() {
		JsonNode report = this.application.json("/actuator/leakwatch");
		assertThat(report.propertyNames()).containsExactly("status", "since", "uptimeSeconds", "heap", "nonHeap",
				"directMemory", "process", "threads", "finalizers", "suspects", "caches", "budget");
		assertThat(report.get("heap").propertyNames()).containsExactly("usedBytes", "liveBytes", "maxBytes",
				"growthBytesPerMinute", "growthBytesPerThousandRequests", "confidence", "exhaustionAt", "collector");
		assertThat(report.get("nonHeap").propertyNames()).containsExactly("metaspaceBytes", "loadedClasses",
				"classLoaders");
		assertThat(report.get("directMemory").propertyNames()).containsExactly("count", "usedBytes", "maxBytes");
		assertThat(report.get("process").propertyNames()).containsExactly("rssBytes", "limitBytes", "openFiles");
		assertThat(report.get("threads").propertyNames()).containsExactly("count", "virtual", "deadlocked", "groups");
		assertThat(report.at("/threads/groups/0").propertyNames()).containsExactly("name", "count", "growthPerMinute");
		assertThat(report.get("finalizers").propertyNames()).containsExactly("pending");
		assertThat(report.get("budget").propertyNames()).containsExactly("share", "spentShare", "lastPauseMillis");
		assertThat(report.get("suspects").isArray()).isTrue();
		assertThat(report.get("caches").isArray()).isTrue();
	}

	@Test
	void reportShouldTellWhatIsTrue() {
		JsonNode report = this.application.json("/actuator/leakwatch");
		assertThat(report.get("status").asString()).isIn("WARMING_UP", "UNKNOWN", "STABLE", "GROWING", "LEAKING");
		assertThat(Instant.parse(report.get("since").asString())).isBeforeOrEqualTo(Instant.now());
		assertThat(report.at("/heap/usedBytes").asLong()).isPositive().isLessThan(report.at("/heap/maxBytes").asLong());
		assertThat(report.at("/threads/count").asInt()).isPositive();
		assertThat(report.at("/nonHeap/loadedClasses").asInt()).isPositive();
		assertThat(report.at("/budget/share").asDouble()).isEqualTo(0.005);
	}

	@Test
	void unknownShouldBeNullAndNotLeftOut() {
		assertThat(this.application.get("/actuator/leakwatch").body()).contains("\"virtual\":null");
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "application/json", BROWSER, "text/plain;q=0.1, application/json" })
	void reportWhenJsonIsAcceptableShouldBeJson(String accept) {
		HttpResponse<String> response = this.application.get("/actuator/leakwatch", "Accept", accept);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(RunningApplication.contentType(response)).isEqualTo("application/json");
		assertThat(response.body()).startsWith("{\"status\":");
	}

	@Test
	void reportWhenNothingIsAskedForShouldBeJson() {
		assertThat(RunningApplication.contentType(this.application.get("/actuator/leakwatch")))
			.isEqualTo("application/json");
	}

	@Test
	void reportWhenTextIsAskedForShouldBeText() {
		HttpResponse<String> response = this.application.get("/actuator/leakwatch", "Accept", "text/plain");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).get()
			.asString()
			.isEqualToIgnoringCase("text/plain;charset=UTF-8");
		assertThat(response.body()).startsWith("LeakWatch: ")
			.contains("\nSuspects\n", "\nMemory\n", "\nThreads\n", "\nCaches\n", "THREADS NAMED")
			.endsWith("\n")
			.doesNotContain("null");
	}

	@ParameterizedTest
	@ValueSource(strings = { "suspects", "caches", "threads", "containers", "classes", "timeline" })
	void partShouldBeUnderItsName(String part) {
		JsonNode answer = this.application.json("/actuator/leakwatch/" + part);
		assertThat(answer.propertyNames()).containsExactly(part);
		HttpResponse<String> text = this.application.get("/actuator/leakwatch/" + part, "Accept", "text/plain");
		assertThat(text.statusCode()).isEqualTo(200);
		assertThat(text.body()).isNotBlank();
	}

	@Test
	void threadsShouldNameEveryGroup() {
		JsonNode threads = this.application.json("/actuator/leakwatch/threads").get("threads");
		assertThat(threads.get("groups").findValuesAsString("name")).contains("leakwatch-monitor");
	}

	@Test
	void timelineShouldHaveAPointForEachTick() {
		JsonNode point = this.application.json("/actuator/leakwatch/timeline").at("/timeline/0");
		assertThat(point.propertyNames()).containsExactly("at", "usedBytes", "liveBytes", "directBytes", "rssBytes",
				"threads", "loadedClasses");
		assertThat(Instant.parse(point.get("at").asString())).isBeforeOrEqualTo(Instant.now());
	}

	@Test
	void partWhenUnknownShouldBe404WithAMessage() {
		HttpResponse<String> response = this.application.get("/actuator/leakwatch/nothing");
		assertThat(response.statusCode()).isEqualTo(404);
		JsonNode problem = RunningApplication.json(response);
		assertThat(problem.propertyNames()).containsExactly("status", "reason", "message", "retryAfterSeconds");
		assertThat(problem.get("status").asInt()).isEqualTo(404);
		assertThat(problem.get("message").asString()).contains("'nothing'", "suspects", "timeline");
		HttpResponse<String> text = this.application.get("/actuator/leakwatch/nothing", "Accept", "text/plain");
		assertThat(text.statusCode()).isEqualTo(404);
		assertThat(text.body()).isEqualTo(problem.get("message").asString() + "\n");
	}

	@Test
	void postShouldBeRefused() {
		assertThat(this.application.post("/actuator/leakwatch").statusCode()).isEqualTo(405);
	}

	@Test
	void actuatorShouldLinkToBothEndpoints() {
		JsonNode links = this.application.json("/actuator").get("_links");
		assertThat(List.of(links.at("/leakwatch/href").asString(), links.at("/heapdumpdiff/href").asString()))
			.satisfiesExactly((leakwatch) -> assertThat(leakwatch).endsWith("/actuator/leakwatch"),
					(diff) -> assertThat(diff).endsWith("/actuator/heapdump-diff"));
	}

}
