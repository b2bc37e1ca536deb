package io.leakwatch.example.heapdump;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The packaged example service in a JVM of its own, on a free port, with its snapshots
 * and its log in a folder of the test.
 */
final class ShopProcess implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private static final Duration REQUEST_LIMIT = Duration.ofSeconds(60);

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private final Process process;

	private final Path log;

	private final int port;

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(REQUEST_LIMIT)
		.build();

	private ShopProcess(Process process, Path log) {
		this.process = process;
		this.log = log;
		this.port = Awaitility.await("the start of the service")
			.atMost(LIMIT)
			.pollInterval(Duration.ofMillis(200))
			.until(this::startedPort, (found) -> found > 0);
	}

	/**
	 * Starts the service and waits until it answers.
	 * @param folder where its log and, in {@code snapshots}, its snapshots are
	 * @param options of the JVM
	 * @param properties of the service, {@code name=value}
	 */
	static ShopProcess start(Path folder, List<String> options, String... properties) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.addAll(List.of("-jar", packagedJar(), "--server.port=0", "--spring.main.banner-mode=off",
				"--leakwatch.snapshots.directory=" + folder.resolve("snapshots")));
		for (String each : properties) {
			command.add("--" + each);
		}
		Path log = Files.createTempFile(folder, "shop-", ".log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		try {
			return new ShopProcess(process, log);
		}
		catch (RuntimeException ex) {
			process.destroyForcibly();
			throw new IllegalStateException("The service did not start:\n" + Files.readString(log), ex);
		}
	}

	private static String packagedJar() {
		String jar = System.getProperty("leakwatch.example.jar");
		if (jar == null) {
			throw new IllegalStateException("Run by Maven's verify, which packages the service and names its jar in "
					+ "-Dleakwatch.example.jar");
		}
		return jar;
	}

	private int startedPort() {
		if (!this.process.isAlive()) {
			throw new IllegalStateException("The service ended with code " + this.process.exitValue());
		}
		String text = log();
		Matcher port = PORT.matcher(text);
		return (text.contains("Started ExampleApplication") && port.find()) ? Integer.parseInt(port.group(1)) : 0;
	}

	/** What the service has written so far. */
	String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	JsonNode get(String path) {
		return ok(send("GET", path, null));
	}

	JsonNode post(String path) {
		return ok(send("POST", path, null));
	}

	JsonNode delete(String path) {
		return ok(send("DELETE", path, null));
	}

	private static JsonNode ok(Answer answer) {
		if (answer.status() >= 300) {
			throw new AssertionError("Answered " + answer.status() + ": " + answer.text());
		}
		return answer.json();
	}

	/** Sends a request, with a body of JSON unless that is {@code null}. */
	Answer send(String method, String path, @Nullable String json) {
		BodyPublisher body = (json != null) ? BodyPublishers.ofString(json) : BodyPublishers.noBody();
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.timeout(REQUEST_LIMIT)
			.header("Accept", "application/json")
			.method(method, body);
		if (json != null) {
			request.header("Content-Type", "application/json");
		}
		try {
			HttpResponse<String> response = this.client.send(request.build(), BodyHandlers.ofString());
			return new Answer(response.statusCode(), response.body());
		}
		catch (IOException ex) {
			throw new AssertionError(method + " " + path + " was not answered; the log:\n" + log(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(method + " " + path + " was interrupted", ex);
		}
	}

	/** Takes a heap dump and waits until it was analysed; returns the snapshot. */
	JsonNode heapDump(String label) {
		Answer accepted = send("POST", "/actuator/heapdump-diff",
				"{\"kind\":\"heapdump\",\"label\":\"" + label + "\"}");
		if (accepted.status() != 202) {
			throw new AssertionError("Not accepted, " + accepted.status() + ": " + accepted.text());
		}
		String id = accepted.json().get("id").asString();
		JsonNode taken = Awaitility.await("the analysis of " + id)
			.atMost(LIMIT)
			.pollInterval(Duration.ofMillis(200))
			.until(() -> get("/actuator/heapdump-diff/snapshots/" + id),
					(snapshot) -> !List.of("CAPTURING", "ANALYSING").contains(snapshot.get("state").asString()));
		if (!taken.get("state").asString().equals("READY")) {
			throw new AssertionError("Not ready: " + taken);
		}
		return taken;
	}

	/** The processes that the service has started and that still run. */
	List<ProcessHandle> children() {
		return this.process.descendants().toList();
	}

	/** Ends the service at once, as {@code kill -9} does. */
	void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	@Override
	public void close() {
		kill();
	}

	/**
	 * What the service answered.
	 *
	 * @param status the HTTP status
	 * @param text the body
	 */
	record Answer(int status, String text) {

		JsonNode json() {
			return JsonMapper.shared().readTree(this.text);
		}

	}

}
