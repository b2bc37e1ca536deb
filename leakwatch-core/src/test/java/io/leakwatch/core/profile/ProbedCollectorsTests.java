package io.leakwatch.core.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.acme.probed.ProbedShop;
import com.acme.probed.Shop;
import io.leakwatch.core.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AllocationProbe} on each of HotSpot's collectors, and without a Flight
 * Recorder, in JVMs of their own.
 */
class ProbedCollectorsTests {

	private final Path folder;

	ProbedCollectorsTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@ParameterizedTest
	@ValueSource(strings = { "UseSerialGC", "UseParallelGC", "UseG1GC" })
	void readShouldTellSitesAndHolders(String collector) throws IOException {
		List<String> lines = run("-XX:+" + collector);
		assertThat(first(lines, "site of com.acme.probed.Shop$Order "))
			.contains("=com.acme.probed.Shop.place(Shop.java:");
		assertThat(first(lines, "site of com.acme.probed.Shop$Basket "))
			.contains("=com.acme.probed.Shop.fillBaskets(Shop.java:");
		assertThat(first(lines, "site of com.acme.probed.Shop$Visit "))
			.contains("=com.acme.probed.Shop.visit(Shop.java:");
		assertThat(first(lines, "holder of com.acme.probed.Shop$Order ")).contains(
				"=static com.acme.probed.Shop.instance (com.acme.probed.Shop) → com.acme.probed.Shop.recent (java.util.ArrayList),");
		assertThat(first(lines, "holder of com.acme.probed.Shop$Basket ")).contains(
				"=thread group 'conv-pool-#' → java.lang.Thread.threadLocals (java.lang.ThreadLocal$ThreadLocalMap),");
		assertThat(first(lines, "holder of com.acme.probed.Shop$Visit "))
			.contains("=static com.acme.probed.Shop.newest (com.acme.probed.Shop$Visit),");
		assertThat(lines).filteredOn((line) -> line.startsWith("holder of java.lang.String "))
			.anyMatch((line) -> line.contains("=static java.io.DeleteOnExitHook.files (java.util.LinkedHashSet),"));
		assertThatNothingIsLeft(lines);
	}

	@ParameterizedTest
	@ValueSource(strings = { "UseZGC", "UseShenandoahGC" })
	void readWhenHardlyAnyObjectIsSampledShouldAskAllocations(String collector) throws IOException {
		List<String> lines = run("-XX:+" + collector);
		assertThat(lines).contains("reason null");
		assertThat(lines).filteredOn((line) -> line.startsWith("site of com.acme.probed.Shop$Order "))
			.anyMatch((line) -> line.contains("=" + Shop.LEAKING_METHOD));
		assertThatNothingIsLeft(lines);
	}

	@Test
	void startWhenRecorderIsSwitchedOffShouldSaySo() throws IOException {
		List<String> lines = run("-XX:-FlightRecorder");
		assertThat(lines).contains("started false").anyMatch((line) -> line.contains("-XX:-FlightRecorder switches"));
	}

	@Test
	void startWhenModuleIsMissingShouldSayWhatToDo() {
		List<String> lines = ChildJvm.run(this.folder, ProbedShop.class, "--limit-modules",
				"java.base,java.management");
		assertThat(lines).contains("started false").anyMatch((line) -> line.contains("jlink --add-modules jdk.jfr"));
	}

	@Test
	void startWhenRecorderHasNoFolderShouldSaySo() throws IOException {
		Path file = Files.createFile(this.folder.resolve("file"));
		List<String> lines = ChildJvm.run(this.folder, ProbedShop.class, "-Djava.io.tmpdir=" + file.resolve("folder"));
		assertThat(lines).contains("started false", "loader kept true")
			.anyMatch((line) -> line.startsWith("reason Lines of code that allocate are not told: "));
	}

	private static void assertThatNothingIsLeft(List<String> lines) {
		assertThat(lines).contains("started true", "loader kept true", "recordings while it runs: 1",
				"application's events while it runs: false", "recordings after it: 0");
		assertThat(lines).noneMatch((line) -> line.startsWith("file left") || line.startsWith("class loader kept"));
	}

	private List<String> run(String option) throws IOException {
		Path temporary = Files.createDirectory(this.folder.resolve("tmp"));
		// The JVM samples when a thread's buffer for allocations is full, and keeps 256.
		return ChildJvm.run(this.folder, ProbedShop.class, List.of(temporary.toString()), option, "-Xmx128m",
				"-XX:TLABSize=256k", "-XX:-ResizeTLAB", "-Djava.io.tmpdir=" + temporary);
	}

	private static String first(List<String> lines, String prefix) {
		return lines.stream()
			.filter((line) -> line.startsWith(prefix))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no " + prefix + "in " + lines));
	}

}
