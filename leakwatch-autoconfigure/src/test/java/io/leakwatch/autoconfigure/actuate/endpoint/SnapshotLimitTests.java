package io.leakwatch.autoconfigure.actuate.endpoint;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.leakwatch.autoconfigure.RunningApplication;
import io.leakwatch.autoconfigure.event.SnapshotTakenEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the limits of snapshots over HTTP.
 */
class SnapshotLimitTests {

	private static final String DIFF = "/actuator/heapdump-diff";

	static Stream<WebApplicationType> types() {
		return RunningApplication.types();
	}

	@ParameterizedTest
	@MethodSource("types")
	void postWithinTheCoolDownShouldBe429WithTheTimeToWait(WebApplicationType type) {
		try (RunningApplication application = RunningApplication.open(type, RunningApplication.NOTHING_AUTOMATIC,
				"leakwatch.snapshots.cool-down=1h")) {
			assertThat(application.post(DIFF).statusCode()).isEqualTo(200);
			HttpResponse<String> second = application.post(DIFF);
			assertThat(second.statusCode()).isEqualTo(429);
			JsonNode problem = RunningApplication.json(second);
			assertThat(problem.get("reason").asString()).isEqualTo("COOLING_DOWN");
			assertThat(problem.get("message").asString()).contains("leakwatch.snapshots.cool-down");
			assertThat(problem.get("retryAfterSeconds").asLong()).isBetween(3000L, 3601L);
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void postWhenThePauseWouldBeTooLongShouldBe503(WebApplicationType type) {
		try (RunningApplication application = RunningApplication.open(type, RunningApplication.NOTHING_AUTOMATIC,
				"leakwatch.snapshots.max-pause=0ms")) {
			HttpResponse<String> response = application.post(DIFF);
			assertThat(response.statusCode()).isEqualTo(503);
			JsonNode problem = RunningApplication.json(response);
			assertThat(problem.get("reason").asString()).isEqualTo("PAUSE_TOO_LONG");
			assertThat(problem.get("message").asString()).contains("leakwatch.snapshots.max-pause allows 0 ms");
			assertThat(problem.get("retryAfterSeconds").isNull()).isTrue();
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void postWhileAnotherIsUnderWayShouldBe429(WebApplicationType type)
			throws InterruptedException, ExecutionException, TimeoutException {
		CountDownLatch taking = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		try (RunningApplication application = RunningApplication.open(type, RunningApplication.NOTHING_AUTOMATIC)) {
			ApplicationListener<PayloadApplicationEvent<SnapshotTakenEvent>> holdUp = ApplicationListener
				.forPayload((taken) -> {
					taking.countDown();
					awaitQuietly(goOn);
				});
			application.context().addApplicationListener(holdUp);
			CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(() -> application.post(DIFF));
			assertThat(taking.await(60, TimeUnit.SECONDS)).isTrue();
			HttpResponse<String> second = application.post(DIFF);
			goOn.countDown();
			assertThat(second.statusCode()).isEqualTo(429);
			JsonNode problem = RunningApplication.json(second);
			assertThat(problem.get("reason").asString()).isEqualTo("UNDER_WAY");
			assertThat(problem.get("retryAfterSeconds").asLong()).isPositive();
			assertThat(first.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void snapshotsWhenThereAreTooManyShouldMakeRoom(WebApplicationType type) {
		try (RunningApplication application = RunningApplication.open(type, RunningApplication.NOTHING_AUTOMATIC,
				"leakwatch.snapshots.maximum-count=2")) {
			for (int i = 0; i < 4; i++) {
				assertThat(application.post(DIFF).statusCode()).isEqualTo(200);
			}
			assertThat(application.json(DIFF + "/snapshots").get("snapshots")).hasSize(2);
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void snapshotsShouldBeTakenWithoutARequest(WebApplicationType type) {
		try (RunningApplication application = RunningApplication.open(type, "leakwatch.watch.warm-up=0s",
				"leakwatch.snapshots.interval=1s", "leakwatch.max-pause=60s", "leakwatch.budget=1")) {
			await().atMost(Duration.ofSeconds(60))
				.until(() -> application.json(DIFF + "/snapshots").get("snapshots").size() >= 2);
			JsonNode diff = application.json(DIFF);
			assertThat(diff.at("/from/label").asString()).isEqualTo("baseline");
			assertThat(diff.at("/from/automatic").asBoolean()).isTrue();
			assertThat(diff.at("/from/liveOnly").asBoolean()).isFalse();
			assertThat(diff.get("message").asString()).contains("garbage");
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void diffWhenThePauseForbidsAnAutomaticSnapshotShouldSayWhy(WebApplicationType type) {
		try (RunningApplication application = RunningApplication.open(type, "leakwatch.watch.warm-up=0s",
				"leakwatch.max-pause=0ms", "leakwatch.budget=1")) {
			await().atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(application.json(DIFF).get("message").asString())
					.contains("leakwatch.max-pause allows 0 ms"));
		}
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
