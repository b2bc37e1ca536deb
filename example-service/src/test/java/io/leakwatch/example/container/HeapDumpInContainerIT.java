package io.leakwatch.example.container;

import java.nio.file.Path;
import java.util.Map;

import io.leakwatch.example.client.ShopClient;
import io.leakwatch.example.client.ShopClient.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.MountableFile;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Heap dumps of a packaged service whose container has little memory left.
 */
@RequiresDocker
class HeapDumpInContainerIT {

	private static final long MEMORY_LIMIT_BYTES = 512L << 20;

	/**
	 * As full as the heap may be for the analysis to have room beside it: newer JDKs take
	 * some 50 MB more than JDK 17 for the same service.
	 */
	private static final int FULL_MEGABYTES = 60;

	/** Too full for the analysis, and not for the service. */
	private static final int OVERFULL_MEGABYTES = 150;

	@Test
	void heapDumpWhenThereIsRoomShouldBeAnalysedInContainer(@TempDir Path folder) throws Exception {
		try (GenericContainer<?> container = shop(folder, FULL_MEGABYTES)) {
			container.start();
			ShopClient shop = client(container);
			JsonNode taken = shop.takeHeapDump("full");
			assertThat(taken.get("totalShallowBytes").asLong()).isGreaterThan((long) FULL_MEGABYTES << 20);
			assertThat(container.isRunning()).isTrue();
			assertThat(shop.get("/actuator/health").get("status").asString()).isEqualTo("UP");
		}
	}

	@Test
	void heapDumpWhenContainerIsFullShouldBeRefusedWithNumbers(@TempDir Path folder) throws Exception {
		try (GenericContainer<?> container = shop(folder, OVERFULL_MEGABYTES)) {
			container.start();
			Answer refused = client(container).askForHeapDump(null);
			assertThat(refused.status()).as(refused.text()).isEqualTo(507);
			assertThat(refused.text()).contains("512 MB");
			assertThat(container.isRunning()).isTrue();
		}
	}

	@Test
	void heapDumpWhenDiskIsSmallShouldBeRefusedWithNumbers() {
		try (GenericContainer<?> container = Containers.shop(MEMORY_LIMIT_BYTES)
			.withTmpFs(Map.of("/dumps", "rw,size=16m"))
			.withCommand("java", "-Xmx128m", "-XX:+UseSerialGC", "-jar", "/example-service.jar",
					"--leakwatch.snapshots.directory=/dumps/shop")) {
			container.start();
			Answer refused = client(container).askForHeapDump(null);
			assertThat(refused.status()).as(refused.text()).isEqualTo(507);
			assertThat(refused.text()).contains("are needed on the disk", "16.0 MB free");
		}
	}

	private static GenericContainer<?> shop(Path folder, int megabytes) throws Exception {
		return Containers.shop(MEMORY_LIMIT_BYTES)
			.withCopyFileToContainer(MountableFile.forHostPath(Ballast.writeJar(folder)), "/ballast.jar")
			.withCommand("java", "-Xmx384m", "-Xmn32m", "-XX:+UseSerialGC", "-javaagent:/ballast.jar=" + megabytes,
					"-jar", "/example-service.jar");
	}

	private static ShopClient client(GenericContainer<?> container) {
		return new ShopClient(container.getHost(), container.getMappedPort(Containers.SHOP_PORT));
	}

}
