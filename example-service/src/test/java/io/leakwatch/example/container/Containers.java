package io.leakwatch.example.container;

import java.time.Duration;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.HostConfig;
import io.leakwatch.example.client.PackagedShop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.ImagePullPolicy;
import org.testcontainers.images.PullPolicy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * Containers that are not started yet, of the images that the environment names.
 */
final class Containers {

	static final int SHOP_PORT = 8080;

	static final Duration STARTUP_LIMIT = Duration.ofMinutes(3);

	private static final Logger logger = LoggerFactory.getLogger(Containers.class);

	private Containers() {
	}

	/**
	 * The packaged example service. Its command is still to be told.
	 * @param memoryBytes what it may use, the JVM and all
	 */
	static GenericContainer<?> shop(long memoryBytes) {
		return of("LEAKWATCH_TEST_JAVA_IMAGE", "eclipse-temurin:17-jre", "shop")
			.withCopyFileToContainer(MountableFile.forHostPath(PackagedShop.jar()), "/example-service.jar")
			.withCreateContainerCmdModifier((command) -> limitMemory(command, memoryBytes))
			.withExposedPorts(SHOP_PORT)
			.waitingFor(Wait.forHttp("/actuator/health").forPort(SHOP_PORT).withStartupTimeout(STARTUP_LIMIT));
	}

	static GenericContainer<?> of(String variable, String defaultImage, String name) {
		String image = System.getenv().getOrDefault(variable, defaultImage);
		return new GenericContainer<>(DockerImageName.parse(image)).withImagePullPolicy(pullPolicy(image))
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

	private static void limitMemory(CreateContainerCmd command, long bytes) {
		HostConfig host = command.getHostConfig();
		if (host == null) {
			throw new IllegalStateException("A container without a host configuration cannot be limited");
		}
		host.withMemory(bytes).withMemorySwap(bytes);
	}

}
