package io.leakwatch.example.heapdump;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.leakwatch.example.client.ShopClient;
import io.leakwatch.example.client.ShopClient.Answer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a heap dump when the service or the analysis is killed.
 */
class HeapDumpFaultsIT {

	private static final String SNAPSHOTS = ShopClient.DIFF + "/snapshots";

	@Test
	void heapDumpWhenServiceIsKilledInTheMidstShouldLeaveNothingAfterRestart(@TempDir Path folder) throws Exception {
		try (ShopProcess shop = start(folder)) {
			shop.client().takeHeapDump("whole");
			assertThat(shop.client().askForHeapDump(null).status()).isEqualTo(202);
			await().pollInterval(Duration.ofMillis(1)).until(() -> !dumps(folder).isEmpty());
			shop.kill();
		}
		assertThat(dumps(folder)).isNotEmpty();
		try (ShopProcess shop = start(folder)) {
			JsonNode kept = shop.client().get(SNAPSHOTS).get("snapshots");
			assertThat(kept.findValuesAsString("label")).contains("whole");
			assertThat(kept.findValuesAsString("state")).containsOnly("READY");
			JsonNode next = shop.client().takeHeapDump("next");
			assertThat(next.get("id").asString()).isNotEqualTo(kept.get(0).get("id").asString());
			assertThat(dumps(folder)).isEmpty();
		}
	}

	@Test
	void heapDumpWhenAnalyserIsKilledShouldFailWithReasonAndEndWithService(@TempDir Path folder) throws Exception {
		List<ProcessHandle> analysers;
		try (ShopProcess shop = start(folder)) {
			String id = beginAnalysis(shop);
			shop.analysers().forEach(ProcessHandle::destroyForcibly);
			JsonNode failed = shop.client().awaitEnd(id);
			assertThat(failed.get("state").asString()).isEqualTo("FAILED");
			assertThat(failed.get("failure").asString()).isNotBlank();
			assertThat(dumps(folder)).isEmpty();
			beginAnalysis(shop);
			analysers = shop.analysers();
			shop.kill();
		}
		assertThat(analysers).isNotEmpty();
		for (ProcessHandle each : analysers) {
			each.onExit().get(1, TimeUnit.MINUTES);
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void heapDumpWhenItCannotBeWrittenToTheEndShouldFailWithReason(@TempDir Path folder) throws Exception {
		try (ShopProcess shop = ShopProcess.startWithSmallFiles(16, folder, List.of("-Xmx256m"))) {
			Answer accepted = shop.client().askForHeapDump(null);
			assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
			JsonNode failed = shop.client().awaitEnd(accepted.json().get("id").asString());
			assertThat(failed.get("state").asString()).isEqualTo("FAILED");
			assertThat(failed.get("failure").asString()).isNotBlank();
			assertThat(dumps(folder)).isEmpty();
			assertThat(shop.client().get("/actuator/health").get("status").asString()).isEqualTo("UP");
		}
	}

	private static ShopProcess start(Path folder) throws IOException {
		return ShopProcess.start(folder, List.of("-Xmx256m"), "leakwatch.snapshots.heap-dump-cool-down=0s");
	}

	private static String beginAnalysis(ShopProcess shop) {
		Answer accepted = shop.client().askForHeapDump(null);
		assertThat(accepted.status()).isEqualTo(202);
		await().pollInterval(Duration.ofMillis(5)).until(() -> !shop.analysers().isEmpty());
		return accepted.json().get("id").asString();
	}

	private static List<Path> dumps(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter((each) -> each.toString().endsWith(".hprof")).toList();
		}
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofMinutes(2));
	}

}
