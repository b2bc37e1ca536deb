package io.leakwatch.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.FileSystemUtils;

/**
 * A small application with the starter's beans that runs on a port of its own, and is
 * asked over HTTP.
 */
public final class RunningApplication implements AutoCloseable {

	/** Everything is exposed and may be done, on the shortest schedule there is. */
	public static final List<String> OPEN = List.of("management.endpoints.web.exposure.include=*",
			"management.endpoint.heapdump-diff.access=unrestricted", "leakwatch.watch.interval=100ms",
			"leakwatch.snapshots.cool-down=0s");

	/** No snapshot is taken but by request. */
	public static final String NOTHING_AUTOMATIC = "leakwatch.watch.warm-up=1h";

	/** Tomcat could serve these too, and is on the test's class path. */
	private static final String TOMCAT_FOR_REACTIVE = "org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration,"
			+ "org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration";

	/**
	 * Each request has a connection of its own. On a kept one, a request that reaches
	 * Netty before the answer to the request before has quite ended is, on a busy
	 * machine, now and then not answered at all.
	 */
	private static final HttpClient client = clientThatMayClose();

	private static final String DIRECTORY = "leakwatch.snapshots.directory";

	private final ConfigurableApplicationContext context;

	/** Where the snapshots are, if that is for this application alone. */
	private final @Nullable Path ownDirectory;

	static {
		// Netty would wait two seconds for late work each time it is closed.
		System.setProperty("reactor.netty.ioShutdownQuietPeriod", "0");
	}

	private final WebApplicationType type;

	private RunningApplication(WebApplicationType type, ConfigurableApplicationContext context,
			@Nullable Path ownDirectory) {
		this.type = type;
		this.context = context;
		this.ownDirectory = ownDirectory;
	}

	/** Both kinds of web application: Tomcat and Netty. */
	public static Stream<WebApplicationType> types() {
		return Stream.of(WebApplicationType.SERVLET, WebApplicationType.REACTIVE);
	}

	/** Starts one with everything open. */
	public static RunningApplication open(WebApplicationType type, String... properties) {
		List<String> all = new ArrayList<>(OPEN);
		all.addAll(Arrays.asList(properties));
		return start(type, Application.class, all.toArray(String[]::new));
	}

	/**
	 * Starts one with these properties alone. Its snapshots go into a folder of their
	 * own, and away with it, where no property says otherwise.
	 */
	public static RunningApplication start(WebApplicationType type, Class<?> application, String... properties) {
		Map<String, String> arguments = new LinkedHashMap<>();
		arguments.put("server.port", "0");
		if (type == WebApplicationType.REACTIVE) {
			arguments.put("spring.autoconfigure.exclude", TOMCAT_FOR_REACTIVE);
		}
		for (String property : properties) {
			int equals = property.indexOf('=');
			arguments.put(property.substring(0, equals), property.substring(equals + 1));
		}
		Path ownDirectory = arguments.containsKey(DIRECTORY) ? null : temporaryDirectory();
		if (ownDirectory != null) {
			arguments.put(DIRECTORY, ownDirectory.toString());
		}
		String[] commandLine = arguments.entrySet()
			.stream()
			.map((argument) -> "--" + argument.getKey() + "=" + argument.getValue())
			.toArray(String[]::new);
		return new RunningApplication(type, new SpringApplicationBuilder(application).web(type).run(commandLine),
				ownDirectory);
	}

	private static Path temporaryDirectory() {
		try {
			return Files.createTempDirectory("snapshots");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static HttpClient clientThatMayClose() {
		// Read once, when the first client is made.
		System.setProperty("jdk.httpclient.allowRestrictedHeaders", "connection");
		return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
	}

	public ConfigurableApplicationContext context() {
		return this.context;
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/** A GET; the headers are names and values in turn. */
	public HttpResponse<String> get(String path, String... headers) {
		HttpRequest.Builder request = request(path).GET();
		return send((headers.length > 0) ? request.headers(headers) : request);
	}

	/** The bytes that a GET answers with status 200. */
	public byte[] bytes(String path) {
		HttpResponse<byte[]> response = send(request(path).GET(), BodyHandlers.ofByteArray());
		if (response.statusCode() != 200) {
			throw new AssertionError(path + " answers " + response.statusCode());
		}
		return response.body();
	}

	/** The JSON that a GET answers with status 200. */
	public JsonNode json(String path) {
		HttpResponse<String> response = get(path);
		if (response.statusCode() != 200) {
			throw new AssertionError(path + " answers " + response.statusCode() + ": " + response.body());
		}
		return json(response);
	}

	/** A POST without a body, as a bare {@code curl -X POST} sends it. */
	public HttpResponse<String> post(String path) {
		return send(request(path).POST(BodyPublishers.noBody()));
	}

	public HttpResponse<String> post(String path, String contentType, String body) {
		return send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
	}

	public HttpResponse<String> delete(String path) {
		return send(request(path).DELETE());
	}

	public static JsonNode json(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

	/** The media type of an answer, without the character set. */
	public static String contentType(HttpResponse<String> response) {
		return response.headers().firstValue("Content-Type").orElse("none").replaceAll("\\s*;.*", "");
	}

	private HttpRequest.Builder request(String path) {
		String port = Objects.requireNonNullElse(this.context.getEnvironment().getProperty("local.management.port"),
				this.context.getEnvironment().getProperty("local.server.port", ""));
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
			.timeout(Duration.ofSeconds(60))
			.header("Connection", "close");
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		return send(request, BodyHandlers.ofString());
	}

	private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler) {
		try {
			return client.send(request.build(), handler);
		}
		catch (IOException ex) {
			throw new AssertionError("No answer", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted", ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
		if (this.ownDirectory != null) {
			FileSystemUtils.deleteRecursively(this.ownDirectory.toFile());
		}
	}

	@Override
	public String toString() {
		return this.type.name();
	}

	/** An application of the starter and nothing else. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class Application {

	}

}
