package io.leakwatch.example.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends requests to a running example service, or to another server that answers in JSON.
 */
public final class ShopClient {

	/** Where heap dumps are compared. */
	public static final String DIFF = "/actuator/heapdump-diff";

	private static final Duration REQUEST_LIMIT = Duration.ofSeconds(60);

	private static final Duration ANALYSIS_LIMIT = Duration.ofMinutes(3);

	private static final Set<String> UNDER_WAY = Set.of("CAPTURING", "ANALYSING");

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(REQUEST_LIMIT)
		.build();

	private final String base;

	/**
	 * A client of a server.
	 * @param host the server's name or address
	 * @param port its port
	 */
	public ShopClient(String host, int port) {
		this.base = "http://" + host + ":" + port;
	}

	/** Reads what a path answers, which is to be JSON. */
	public JsonNode get(String path) {
		return ask("GET", path);
	}

	/** Posts without a body, and reads the answer. */
	public JsonNode post(String path) {
		return ask("POST", path);
	}

	/** Deletes, and reads the answer. */
	public JsonNode delete(String path) {
		return ask("DELETE", path);
	}

	/**
	 * Sends a request without a body, and reads the answer, whose status is to be 200.
	 */
	public JsonNode ask(String method, String path) {
		Answer answer = send(method, path, null);
		if (answer.status() != 200) {
			throw new AssertionError(method + " " + path + " answered " + answer.status() + ": " + answer.text());
		}
		return answer.json();
	}

	/** Sends a request, with a body of JSON unless that is {@code null}. */
	public Answer send(String method, String path, @Nullable String json) {
		BodyPublisher body = (json != null) ? BodyPublishers.ofString(json) : BodyPublishers.noBody();
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.base + path))
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
			throw new AssertionError(method + " " + path + " was not answered", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(method + " " + path + " was interrupted", ex);
		}
	}

	/** Downloads what a path answers, whose status is to be 200. */
	public byte[] bytes(String path) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.base + path)).timeout(REQUEST_LIMIT).build();
		try {
			HttpResponse<byte[]> response = this.client.send(request, BodyHandlers.ofByteArray());
			if (response.statusCode() != 200) {
				throw new AssertionError(path + " answered " + response.statusCode());
			}
			return response.body();
		}
		catch (IOException ex) {
			throw new AssertionError(path + " was not answered", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(path + " was interrupted", ex);
		}
	}

	/** Asks for a heap dump, with a label unless that is {@code null}. */
	public Answer askForHeapDump(@Nullable String label) {
		String json = "{\"kind\":\"heapdump\"" + ((label != null) ? ",\"label\":\"" + label + "\"}" : "}");
		return send("POST", DIFF, json);
	}

	/** Takes a heap dump, waits until it was analysed, and returns the snapshot. */
	public JsonNode takeHeapDump(String label) {
		Answer accepted = askForHeapDump(label);
		if (accepted.status() != 202) {
			throw new AssertionError("Not accepted, " + accepted.status() + ": " + accepted.text());
		}
		JsonNode ended = awaitEnd(accepted.json().get("id").asString());
		if (!ended.get("state").asString().equals("READY")) {
			throw new AssertionError("Not ready: " + ended);
		}
		return ended;
	}

	/** Waits until a heap dump is no longer under way, and returns the snapshot. */
	public JsonNode awaitEnd(String id) {
		return Awaitility.await("the end of " + id)
			.atMost(ANALYSIS_LIMIT)
			.pollInterval(Duration.ofMillis(200))
			.until(() -> get(DIFF + "/snapshots/" + id),
					(snapshot) -> !UNDER_WAY.contains(snapshot.get("state").asString()));
	}

	/**
	 * What the server answered.
	 *
	 * @param status the HTTP status
	 * @param text the body
	 */
	public record Answer(int status, String text) {

		/** The body as JSON. */
		public JsonNode json() {
			return JsonMapper.shared().readTree(this.text);
		}

	}

}
