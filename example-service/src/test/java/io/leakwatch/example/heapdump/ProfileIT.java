package io.leakwatch.example.heapdump;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.leakwatch.example.client.ShopClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The packaged service's profiles, opened by the real {@code go tool pprof}. Where there
 * is no Go, they are not checked.
 */
class ProfileIT {

	private static final String PROFILE = "/actuator/leakwatch/profile/";

	private static final String LEAKING = "io.leakwatch.example.leak.map.OrderTrace";

	private final Path folder;

	ProfileIT(@TempDir Path folder) {
		this.folder = folder;
	}

	@Test
	void profilesShouldNameTheLeakInPprof() throws Exception {
		try (ShopProcess process = ShopProcess.start(this.folder, List.of("-XX:+UseG1GC"))) {
			ShopClient shop = process.client();
			GrownLeaks.warmUp(shop);
			Path base = file(shop, "heap?seconds=1", "base.pb.gz");
			GrownLeaks.grow(shop, List.of("map-in-bean"));
			// The dump collects what is garbage.
			shop.takeHeapDump("grown");
			Path heap = file(shop, "heap?seconds=1", "heap.pb.gz");
			assertThat(first(pprof("-top", heap.toString()))).contains(LEAKING);
			assertThat(first(pprof("-top", "-base=" + base, heap.toString()))).contains(LEAKING);
			assertThat(pprof("-list", "OrderTrace.*of", "-source_path=" + sources(), heap.toString()))
				.contains("OrderTrace.java")
				.containsPattern("\\d+ +\\. .*Stream\\.of\\(|\\d+ .*\\.map\\(\\(step\\)");
			Path retained = file(shop, "retained", "retained.pb.gz");
			assertThat(pprof("-top", "-cum", retained.toString())).contains("MapInBeanLeak.traces");
			Path threads = file(shop, "threads", "threads.pb.gz");
			Path allocations = file(shop, "allocations?seconds=1", "allocations.pb.gz");
			for (Path each : List.of(heap, retained, threads, allocations)) {
				assertThat(pprof("-raw", each.toString())).contains("PeriodType", "Samples:", "Locations");
			}
		}
	}

	private static Path sources() {
		Path module = Path.of("").toAbsolutePath();
		return module.resolve("src/main/java");
	}

	/** The line of the function that has most. */
	private static String first(String top) {
		List<String> lines = top.lines().toList();
		for (int i = 0; i < lines.size() - 1; i++) {
			if (lines.get(i).contains("flat%")) {
				return lines.get(i + 1);
			}
		}
		throw new AssertionError("Nothing is listed: " + top);
	}

	private Path file(ShopClient shop, String path, String name) throws IOException {
		return Files.write(this.folder.resolve(name), shop.bytes(PROFILE + path));
	}

	private String pprof(String... arguments) throws Exception {
		List<String> command = new ArrayList<>(List.of("go", "tool", "pprof"));
		command.addAll(List.of(arguments));
		Path output = Files.createTempFile(this.folder, "pprof", ".txt");
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
		builder.environment().put("PPROF_TMPDIR", this.folder.toString());
		builder.environment().put("HOME", this.folder.toString());
		Process process;
		try {
			process = builder.start();
		}
		catch (IOException ex) {
			assumeTrue(false, "go is not installed: not checked by go tool pprof");
			throw ex;
		}
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("pprof ended").isTrue();
		String text = Files.readString(output, StandardCharsets.UTF_8);
		assertThat(process.exitValue()).as(text).isZero();
		return text;
	}

}
