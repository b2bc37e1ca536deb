package io.leakwatch.example.container;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.example.client.ShopClient;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import tools.jackson.databind.JsonNode;

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

	private static final int PROMETHEUS_PORT = 9090;

	private static final String SCRAPE_CONFIG_FILE = "/etc/prometheus/prometheus.yml";

	private static final String SCRAPE_CONFIG = """
			global:
			  scrape_interval: 2s
			scrape_configs:
			  - job_name: shop
			    metrics_path: /actuator/prometheus
			    static_configs:
			      - targets: ["shop:%d"]
			""".formatted(Containers.SHOP_PORT);

	private final Network network = Network.newNetwork();

	private final GenericContainer<?> service = Containers.shop(MEMORY_LIMIT_BYTES)
		.withNetwork(this.network)
		.withNetworkAliases("shop")
		.withEnv("SPRING_MAIN_BANNER_MODE", "off")
		.withCommand("java", "-Xmx" + MAX_HEAP_BYTES, "-jar", "/example-service.jar");

	private final GenericContainer<?> prometheus = Containers
		.of("LEAKWATCH_TEST_PROMETHEUS_IMAGE", "prom/prometheus:v3.5.0", "prometheus")
		.withNetwork(this.network)
		.withCopyToContainer(Transferable.of(SCRAPE_CONFIG), SCRAPE_CONFIG_FILE)
		.withCommand("--config.file=" + SCRAPE_CONFIG_FILE, "--log.level=warn")
		.withExposedPorts(PROMETHEUS_PORT)
		.waitingFor(Wait.forHttp("/-/ready").forPort(PROMETHEUS_PORT).withStartupTimeout(Containers.STARTUP_LIMIT));

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
		return client(this.service, Containers.SHOP_PORT).ask(method, path);
	}

	/**
	 * Returns the values of the series that Prometheus answers an instant query with.
	 */
	List<Double> query(String expression) {
		JsonNode answer = client(this.prometheus, PROMETHEUS_PORT)
			.get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
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

	private static ShopClient client(GenericContainer<?> container, int port) {
		return new ShopClient(container.getHost(), container.getMappedPort(port));
	}

}
