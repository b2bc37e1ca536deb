package io.leakwatch.smoke;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.CacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The starter in a service on Spring Boot 4.0, started as its {@code main} method starts
 * it and asked over HTTP.
 */
@ExtendWith(OutputCaptureExtension.class)
class SmokeApplicationTests {

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static ConfigurableApplicationContext context;

	private static String startUpLog;

	@BeforeAll
	static void start(CapturedOutput output) {
		context = SpringApplication.run(SmokeApplication.class, "--leakwatch.watch.interval=1s");
		startUpLog = output.getAll();
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@Test
	void springBootShouldBeOfTheOlderLine() {
		assertThat(SpringBootVersion.getVersion()).isEqualTo("4.0.8");
		List<String> jars = Pattern.compile(Pattern.quote(File.pathSeparator))
			.splitAsStream(System.getProperty("java.class.path"))
			.map((entry) -> Path.of(entry).getFileName().toString())
			.filter((name) -> name.startsWith("spring-boot-") && name.endsWith(".jar"))
			.toList();
		assertThat(jars).hasSizeGreaterThan(10).allMatch((name) -> name.endsWith("-4.0.8.jar"));
	}

	@Test
	void startShouldLogNeitherWarningsNorErrors() {
		assertThat(startUpLog).contains("(v4.0.8)", "Tomcat started on port");
		assertThat(startUpLog.lines()).noneMatch((line) -> line.matches(".*\\b(WARN|ERROR)\\b.*"));
	}

	@Test
	void leakwatchShouldAnswerJson() throws Exception {
		HttpResponse<String> response = send("GET", "/actuator/leakwatch", "application/json");
		assertThat(contentType(response)).startsWith("application/json");
		JsonNode report = json(response);
		assertThat(report.at("/status").asString()).isEqualTo("WARMING_UP");
		assertThat(report.at("/heap/usedBytes").asLong()).isPositive();
		assertThat(report.at("/threads/count").asInt()).isPositive();
	}

	@Test
	void leakwatchWhenTextIsAcceptedShouldAnswerText() throws Exception {
		HttpResponse<String> response = send("GET", "/actuator/leakwatch", "text/plain");
		assertThat(contentType(response)).startsWith("text/plain");
		assertThat(response.body()).isNotBlank().doesNotStartWith("{");
	}

	@Test
	void heapdumpDiffShouldAnswerJson() throws Exception {
		HttpResponse<String> response = send("GET", "/actuator/heapdump-diff", "application/json");
		assertThat(contentType(response)).startsWith("application/json");
		assertThat(json(response).at("/rows").isArray()).isTrue();
	}

	@Test
	void heapdumpDiffWhenTextIsAcceptedShouldAnswerText() throws Exception {
		HttpResponse<String> response = send("GET", "/actuator/heapdump-diff", "text/plain");
		assertThat(contentType(response)).startsWith("text/plain");
		assertThat(response.body()).isNotBlank().doesNotStartWith("{");
	}

	@Test
	void heapdumpDiffWhenPostedToShouldTakeASnapshot() throws Exception {
		JsonNode snapshot = json(send("POST", "/actuator/heapdump-diff", "application/json"));
		assertThat(snapshot.at("/kind").asString()).isEqualTo("histogram");
		assertThat(snapshot.at("/state").asString()).isEqualTo("READY");
		assertThat(snapshot.at("/totalCount").asLong()).isPositive();
		String id = snapshot.at("/id").asString();
		JsonNode listed = json(send("GET", "/actuator/heapdump-diff/snapshots/" + id, "application/json"));
		assertThat(listed.at("/totalCount")).isEqualTo(snapshot.at("/totalCount"));
	}

	@Test
	void prometheusShouldHaveTheMetersOfLeakWatchAndOfTheJvm() throws Exception {
		String scrape = send("GET", "/actuator/prometheus", "text/plain").body();
		List<String> meters = scrape.lines().filter((line) -> !line.startsWith("#")).toList();
		assertThat(meters).anyMatch((line) -> line.startsWith("leakwatch_"))
			.anyMatch((line) -> line.startsWith("jvm_memory_used_bytes{"));
	}

	@Test
	void healthShouldBeUp() throws Exception {
		JsonNode health = json(send("GET", "/actuator/health", "application/json"));
		assertThat(health.at("/status").asString()).isEqualTo("UP");
		assertThat(health.at("/components/leakwatch/status").asString()).isEqualTo("UP");
	}

	@Test
	void cacheManagerShouldBeTheOneWithoutLeakWatch() {
		assertThat(context.getBean(CacheManager.class)).isInstanceOf(ConcurrentMapCacheManager.class);
		assertThat(context.getBeansOfType(CacheManager.class)).hasSize(1);
	}

	@Test
	void cacheableMethodWhenCalledTwiceShouldRunOnceAndHaveABound() throws Exception {
		int before = context.getBean(Squares.class).workedOut();
		assertThat(send("GET", "/squares/12", "application/json").body()).isEqualTo("144");
		assertThat(send("GET", "/squares/12", "application/json").body()).isEqualTo("144");
		assertThat(context.getBean(Squares.class).workedOut()).isEqualTo(before + 1);
		await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
			JsonNode caches = json(send("GET", "/actuator/leakwatch/caches", "application/json")).at("/caches");
			assertThat(caches).singleElement().satisfies((cache) -> {
				assertThat(cache.at("/name").asString()).isEqualTo("squares");
				assertThat(cache.at("/boundedBy").asString()).isEqualTo("leakwatch");
				assertThat(cache.at("/size").asLong()).isPositive();
			});
		});
	}

	private static HttpResponse<String> send(String method, String path, String accept)
			throws IOException, InterruptedException {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.header("Accept", accept)
			.timeout(Duration.ofMinutes(1))
			.build();
		HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as("%s %s: %s", method, path, response.body()).isEqualTo(200);
		return response;
	}

	private static String contentType(HttpResponse<String> response) {
		return response.headers().firstValue("Content-Type").orElse("none");
	}

	private static JsonNode json(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

}
