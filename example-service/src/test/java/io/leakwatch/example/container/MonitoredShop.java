package io.leakwatch.example.container;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.HostConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.ImagePullPolicy;
import org.testcontainers.images.PullPolicy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The packaged example service in one container and a Prometheus that scrapes it in
 * another, on a network of their own.
 */
final class MonitoredShop implements AutoCloseable {

	/**
	 * What the service's container may use, well above its heap.
	 */
	static final long MEMORY_LIMIT_BYTES = 512L * 1024 * 1024;

	static final long MAX_HEAP_BYTES = 160L * 1024 * 1024;

	private static final Logger logger = LoggerFactory.getLogger(MonitoredShop.class);

	private static final int SERVICE_PORT = 8080;

	private static final int PROMETHEUS_PORT = 9090;

	private static final Duration STARTUP_LIMIT = Duration.ofMinutes(3);

	private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);

	private static final String SCRAPE_CONFIG_FILE = "/etc/prometheus/prometheus.yml";

	private static final String SCRAPE_CONFIG = """
			global:
			  scrape_interval: 2s
			scrape_configs:
			  - job_name: shop
			    metrics_path: /actuator/prometheus
			    static_configs:
			      - targets: ["shop:%d"]
			""".formatted(SERVICE_PORT);

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(REQUEST_LIMIT)
		.build();

	private final Network network = Network.newNetwork();

	private final GenericContainer<?> service = container("LEAKWATCH_TEST_JAVA_IMAGE", "eclipse-temurin:17-jre", "shop")
		.withCopyFileToContainer(MountableFile.forHostPath(packagedJar()), "/example-service.jar")
		.withCreateContainerCmdModifier(MonitoredShop::limitMemory)
		.withEnv("SPRING_MAIN_BANNER_MODE", "off")
		.withCommand("java", "-Xmx" + MAX_HEAP_BYTES, "-jar", "/example-service.jar")
		.withExposedPorts(SERVICE_PORT)
		.waitingFor(Wait.forHttp("/actuator/health").forPort(SERVICE_PORT).withStartupTimeout(STARTUP_LIMIT));

	private final GenericContainer<?> prometheus = container("LEAKWATCH_TEST_PROMETHEUS_IMAGE",
			"prom/prometheus:v3.5.0", "prometheus")
		.withCopyToContainer(Transferable.of(SCRAPE_CONFIG), SCRAPE_CONFIG_FILE)
		.withCommand("--config.file=" + SCRAPE_CONFIG_FILE, "--log.level=warn")
		.withExposedPorts(PROMETHEUS_PORT)
		.waitingFor(Wait.forHttp("/-/ready").forPort(PROMETHEUS_PORT).withStartupTimeout(STARTUP_LIMIT));

	private MonitoredShop() {
	}

	/**
	 * Starts both, and returns when both answer.
	 */
	static MonitoredShop start() {
		MonitoredShop shop = new MonitoredShop();
		try {
			shop.service.start();
			shop.prometheus.start();
			return shop;
		}
		catch (RuntimeException ex) {
			shop.close();
			throw ex;
		}
	}

	/**
	 * Sends a request to the service and returns the JSON of its answer.
	 */
	JsonNode send(String method, String path) {
		return send(this.service, SERVICE_PORT, method, path);
	}

	/**
	 * Returns the values of the series that Prometheus answers an instant query with.
	 */
	List<Double> query(String expression) {
		JsonNode answer = send(this.prometheus, PROMETHEUS_PORT, "GET",
				"/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
		List<Double> values = new ArrayList<>();
		for (JsonNode series : answer.at("/data/result")) {
			values.add(Double.valueOf(series.at("/value/1").asString().replace("Inf", "Infinity")));
		}
		return values;
	}

	@Override
	public void close() {
		this.prometheus.stop();
		this.service.stop();
		this.network.close();
	}

	private JsonNode send(GenericContainer<?> container, int port, String method, String path) {
		URI uri = URI.create("http://" + container.getHost() + ":" + container.getMappedPort(port) + path);
		HttpRequest request = HttpRequest.newBuilder(uri)
			.timeout(REQUEST_LIMIT)
			.header("Accept", "application/json")
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build();
		try {
			HttpResponse<String> response = this.client.send(request, HttpResponse.BodyHandlers.ofString());
			if (response.statusCode() != 200) {
				throw new AssertionError(
						method + " " + path + " answered " + response.statusCode() + ": " + response.body());
			}
			return JsonMapper.shared().readTree(response.body());
		}
		catch (IOException ex) {
			throw new AssertionError(method + " " + path + " was not answered", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(method + " " + path + " was interrupted", ex);
		}
	}

	private GenericContainer<?> container(String variable, String defaultImage, String name) {
		String image = System.getenv().getOrDefault(variable, defaultImage);
		return new GenericContainer<>(DockerImageName.parse(image)).withImagePullPolicy(pullPolicy(image))
			.withNetwork(this.network)
			.withNetworkAliases(name)
			.withLogConsumer((frame) -> log(name, frame));
	}

	private static void log(String name, OutputFrame frame) {
		String line = frame.getUtf8StringWithoutLineEnding();
		if (!line.isBlank()) {
			logger.info("{}: {}", name, line);
		}
	}

	/**
	 * Public images are pulled when they are not there. The build's own are in no
	 * registry: to look for one there would fail after minutes and not say why.
	 */
	private static ImagePullPolicy pullPolicy(String image) {
		return image.startsWith("leakwatch-test/") ? (name) -> false : PullPolicy.defaultPolicy();
	}

	private static void limitMemory(CreateContainerCmd command) {
		HostConfig host = command.getHostConfig();
		if (host == null) {
			throw new IllegalStateException("A container without a host configuration cannot be limited");
		}
		host.withMemory(MEMORY_LIMIT_BYTES).withMemorySwap(MEMORY_LIMIT_BYTES);
	}

	private static Path packagedJar() {
		String jar = System.getProperty("leakwatch.example.jar");
		if (jar == null) {
			throw new IllegalStateException("Run by Maven's verify, which packages the service and names its jar in "
					+ "-Dleakwatch.example.jar");
		}
		return Path.of(jar);
	}

}
