package io.leakwatch.core.profile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for {@link PprofProfile}, by its bytes and by the real {@code go tool pprof}.
 */
class PprofProfileTests {

	private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");

	private static final StackLine PLACE = new StackLine("com.acme.probed.Shop.place", "com/acme/probed/Shop.java", 41);

	private static final StackLine RENDER = new StackLine("com.acme.probed.Page.render", "com/acme/probed/Page.java",
			9);

	private static final StackLine MAIN = new StackLine("com.acme.probed.Main.main", "com/acme/probed/Main.java", 0);

	private final Path folder;

	PprofProfileTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@Test
	void writeToShouldEncodeAsProfileProtoDefines() throws IOException {
		PprofProfile profile = new PprofProfile(List.of(new SampleType("n", "u")));
		profile.add(new StackSample(List.of(new StackLine("f", "g", 300)), Map.of(), List.of(5L)));
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		profile.writeTo(out, Instant.EPOCH, Duration.ZERO);
		byte[] bytes = new GZIPInputStream(new ByteArrayInputStream(out.toByteArray())).readAllBytes();
		assertThat(bytes).asHexString()
			.isEqualTo("0A0408011002" // sample_type: n, u
					+ "7001" // default_sample_type: n
					+ "2A080801100318032004" // function 1: f, f, g
					+ "2209080122050801" + "10AC02" // location 1: function 1, line 300
					+ "12060A0101120105" // sample: location 1, value 5
					+ "3200" + "32016E" + "320175" + "320166" + "320167"); // strings
	}

	@Test
	void addWhenValuesAreMissingShouldSay() {
		PprofProfile profile = new PprofProfile(List.of(new SampleType("n", "u")));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> profile.add(new StackSample(List.of(), Map.of(), List.of(1L, 2L))))
			.withMessage("A sample of this profile has 1 values, and not 2");
		assertThatIllegalArgumentException().isThrownBy(() -> new PprofProfile(List.of()));
	}

	@Test
	void pprofShouldShowWhatIsInTheProfile() throws Exception {
		Path file = write("after.pb.gz", 9_000);
		String top = pprof("-top", file.toString());
		assertThat(top).contains("Type: inuse_space", "com.acme.probed.Shop.place", "com.acme.probed.Page.render");
		assertThat(top.indexOf("Shop.place")).isLessThan(top.indexOf("Page.render"));
		assertThat(pprof("-top", "-sample_index=inuse_objects", file.toString())).contains("Type: inuse_objects");
		assertThat(pprof("-top", "-tagfocus=class=com.acme.probed.Order", file.toString())).contains("Shop.place")
			.doesNotContain("Page.render");
		assertThat(pprof("-raw", file.toString())).contains("com/acme/probed/Shop.java:41");
		assertThat(pprof("-comments", file.toString())).contains("told by a test");
	}

	@Test
	void pprofWhenGivenABaseShouldShowWhatWasAdded() throws Exception {
		Path before = write("before.pb.gz", 4_000);
		Path after = write("after.pb.gz", 9_000);
		assertThat(pprof("-top", "-base=" + before, after.toString())).containsPattern("4\\.88kB +100% .*Shop\\.place");
	}

	private Path write(String name, long leaked) throws IOException {
		StackProfile profile = new StackProfile(
				List.of(new SampleType("inuse_objects", "count"), new SampleType("inuse_space", "bytes")),
				List.of(new StackSample(List.of(PLACE, MAIN), Map.of("class", "com.acme.probed.Order"),
						List.of(leaked / 1_000, leaked)),
						new StackSample(List.of(RENDER, MAIN), Map.of("class", "[B"), List.of(1L, 700L))),
				List.of("told by a test"), AT, Duration.ofSeconds(1));
		Path file = this.folder.resolve(name);
		try (OutputStream out = Files.newOutputStream(file)) {
			profile.writePprof(out);
		}
		return file;
	}

	/** Where there is no Go, these tests are skipped. */
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
