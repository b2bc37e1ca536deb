package io.leakwatch.autoconfigure.actuate.endpoint;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.leakwatch.autoconfigure.RunningApplication;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;

import static io.leakwatch.autoconfigure.actuate.endpoint.HoardingApplication.DIFF;
import static io.leakwatch.autoconfigure.actuate.endpoint.HoardingApplication.HEAP_DUMP;
import static io.leakwatch.autoconfigure.actuate.endpoint.HoardingApplication.SNAPSHOTS;
import static io.leakwatch.autoconfigure.actuate.endpoint.HoardingApplication.awaitEnd;
import static io.leakwatch.autoconfigure.actuate.endpoint.HoardingApplication.beginHeapDump;
import static io.leakwatch.autoconfigure.actuate.endpoint.HoardingApplication.takeHeapDump;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of heap dumps over HTTP where something is in the way.
 */
@Tag("heap-dump")
class HeapDumpFaultTests {

	static Stream<WebApplicationType> types() {
		return RunningApplication.types();
	}

	@ParameterizedTest
	@MethodSource("types")
	void postsAtOnceShouldTakeOneHeapDumpAndThenCoolDown(WebApplicationType type) {
		try (RunningApplication application = HoardingApplication.start(type,
				"leakwatch.snapshots.heap-dump-cool-down=1h")) {
			List<CompletableFuture<HttpResponse<String>>> posts = Stream
				.generate(() -> CompletableFuture.supplyAsync(() -> post(application)))
				.limit(2)
				.toList();
			List<HttpResponse<String>> answers = posts.stream().map(CompletableFuture::join).toList();
			assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(202, 429);
			for (HttpResponse<String> answer : answers) {
				JsonNode json = RunningApplication.json(answer);
				if (answer.statusCode() == 429) {
					assertThat(json.get("reason").asString()).isEqualTo("UNDER_WAY");
					assertThat(json.get("retryAfterSeconds").asLong()).isPositive();
				}
				else {
					assertThat(awaitEnd(application, json.get("id").asString()).get("state").asString())
						.isEqualTo("READY");
				}
			}
			HttpResponse<String> later = post(application);
			assertThat(later.statusCode()).isEqualTo(429);
			JsonNode problem = RunningApplication.json(later);
			assertThat(problem.get("reason").asString()).isEqualTo("COOLING_DOWN");
			assertThat(problem.get("message").asString()).contains("leakwatch.snapshots.heap-dump-cool-down");
			assertThat(problem.get("retryAfterSeconds").asLong()).isBetween(1L, 3601L);
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void readsDuringAnAnalysisShouldAllBeAnswered(WebApplicationType type) {
		ExecutorService readers = Executors.newFixedThreadPool(20);
		try (RunningApplication application = HoardingApplication.start(type)) {
			application.post(DIFF);
			application.post(DIFF);
			String id = beginHeapDump(application, "analysed");
			List<CompletableFuture<HttpResponse<String>>> reads = IntStream.range(0, 100)
				.mapToObj((number) -> CompletableFuture.supplyAsync(
						() -> application.get((number % 2 == 0) ? DIFF + "?from=baseline&to=h2" : SNAPSHOTS + "/" + id),
						readers))
				.toList();
			assertThat(reads.stream().map(CompletableFuture::join)).extracting(HttpResponse::statusCode)
				.containsOnly(200);
			assertThat(awaitEnd(application, id).get("state").asString()).isEqualTo("READY");
		}
		finally {
			readers.shutdownNow();
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void diffWhenASnapshotIsNotReadyOrHasFailedShouldBe409(WebApplicationType type) {
		try (RunningApplication application = HoardingApplication.start(type,
				"leakwatch.snapshots.analysis-time-limit=1ms")) {
			String id = beginHeapDump(application, "never ready");
			HttpResponse<String> early = application.get(DIFF + "?from=" + id + "&to=" + id);
			assertThat(early.statusCode()).isEqualTo(409);
			assertThat(RunningApplication.json(early).get("reason").asString()).isIn("NOT_READY", "FAILED");
			JsonNode failed = awaitEnd(application, id);
			assertThat(failed.get("state").asString()).isEqualTo("FAILED");
			assertThat(failed.get("failure").asString()).contains("leakwatch.snapshots.analysis-time-limit");
			HttpResponse<String> late = application.get(DIFF + "?by=path&from=" + id + "&to=" + id);
			assertThat(late.statusCode()).isEqualTo(409);
			assertThat(RunningApplication.json(late).get("reason").asString()).isEqualTo("FAILED");
			assertThat(application.get(SNAPSHOTS + "/" + id + "/profile").statusCode()).isEqualTo(409);
			assertThat(application.get(SNAPSHOTS, "Accept", "text/plain").body()).contains("FAILED", id + " failed: ");
			assertThat(application.delete(SNAPSHOTS + "/" + id).statusCode()).isEqualTo(204);
			assertThat(application.get(SNAPSHOTS + "/" + id).statusCode()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void postWithoutRoomShouldBe507WithTheNumbers(WebApplicationType type) {
		assertRefused(type, "leakwatch.snapshots.maximum-dump-size=1KB", 507, "NO_ROOM",
				"leakwatch.snapshots.maximum-dump-size");
	}

	@ParameterizedTest
	@MethodSource("types")
	void postWhenThePauseWouldBeTooLongShouldBe503(WebApplicationType type) {
		assertRefused(type, "leakwatch.snapshots.max-pause=0ms", 503, "PAUSE_TOO_LONG",
				"leakwatch.snapshots.max-pause allows 0 ms");
	}

	@ParameterizedTest
	@MethodSource("types")
	void postWithoutAFolderShouldBe501(WebApplicationType type, @TempDir Path temporary) throws IOException {
		Path file = Files.createFile(temporary.resolve("file"));
		assertRefused(type, "leakwatch.snapshots.directory=" + file, 501, "UNAVAILABLE",
				"leakwatch.snapshots.directory");
	}

	private static void assertRefused(WebApplicationType type, String property, int status, String reason,
			String remedy) {
		try (RunningApplication application = HoardingApplication.start(type, property)) {
			HttpResponse<String> response = post(application);
			assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
			JsonNode problem = RunningApplication.json(response);
			assertThat(problem.get("reason").asString()).isEqualTo(reason);
			assertThat(problem.get("message").asString()).contains(remedy);
			assertThat(application.get(DIFF).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void restartShouldKeepTheSnapshots(@TempDir Path directory) {
		String kept = "leakwatch.snapshots.directory=" + directory.resolve("kept");
		String id;
		try (RunningApplication application = HoardingApplication.start(WebApplicationType.SERVLET, kept)) {
			id = takeHeapDump(application, "before the restart").get("id").asString();
		}
		try (RunningApplication application = HoardingApplication.start(WebApplicationType.SERVLET, kept)) {
			JsonNode snapshot = application.json(SNAPSHOTS + "/" + id);
			assertThat(snapshot.get("label").asString()).isEqualTo("before the restart");
			assertThat(snapshot.get("state").asString()).isEqualTo("READY");
			assertThat(snapshot.get("ofThisRun").asBoolean()).isFalse();
			JsonNode later = takeHeapDump(application, "after the restart");
			assertThat(later.get("id").asString()).isNotEqualTo(id);
			assertThat(application.json(DIFF + "?by=path").get("message").asString()).contains("one heap dump");
			JsonNode across = application.json(DIFF + "?by=path&from=" + id + "&to=latest");
			assertThat(across.at("/to/label").asString()).isEqualTo("after the restart");
			assertThat(across.get("rows").isArray()).isTrue();
		}
	}

	@Test
	void closingDuringAnAnalysisShouldLeaveNoDump(@TempDir Path directory) {
		String kept = "leakwatch.snapshots.directory=" + directory.resolve("kept");
		try (RunningApplication application = HoardingApplication.start(WebApplicationType.SERVLET, kept)) {
			String id = beginHeapDump(application, "cut short");
			await().atMost(HoardingApplication.LONG)
				.until(() -> !application.json(SNAPSHOTS + "/" + id).get("state").asString().equals("CAPTURING"));
		}
		await().atMost(HoardingApplication.LONG)
			.untilAsserted(() -> assertThat(files(directory)).isNotEmpty()
				.noneMatch((file) -> file.toString().endsWith(".hprof")));
	}

	private static List<Path> files(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.toList();
		}
	}

	private static HttpResponse<String> post(RunningApplication application) {
		return application.post(DIFF, "application/json", HEAP_DUMP);
	}

}
