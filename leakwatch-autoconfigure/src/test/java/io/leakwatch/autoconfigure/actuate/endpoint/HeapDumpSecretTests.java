package io.leakwatch.autoconfigure.actuate.endpoint;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import com.acme.Hoard;
import io.leakwatch.autoconfigure.RunningApplication;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.leakwatch.autoconfigure.actuate.endpoint.HoardingApplication.DIFF;
import static io.leakwatch.autoconfigure.actuate.endpoint.HoardingApplication.SNAPSHOTS;
import static io.leakwatch.autoconfigure.actuate.endpoint.HoardingApplication.takeHeapDump;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that of what is in the application's memory only names and numbers leave it.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("heap-dump")
class HeapDumpSecretTests {

	private static final String LATER = "pr0perty-9c41";

	private static final int HEAD_OF_A_PROFILE = 24;

	@Test
	void secretsShouldBeInNoAnswerLogOrFile(CapturedOutput output, @TempDir Path directory)
			throws IOException, DataFormatException {
		try (RunningApplication application = HoardingApplication.start(WebApplicationType.SERVLET,
				"leakwatch.snapshots.directory=" + directory.resolve("kept"), "shop.password=" + LATER)) {
			Hoard hoard = application.bean(Hoard.class);
			takeHeapDump(application, "before");
			hoard.hoard(10_000);
			takeHeapDump(application, "after");
			assertThat(hoard.holds(Hoard.SECRET)).isTrue();
			for (String path : List.of(DIFF + "?top=4000", DIFF + "?by=path&top=4000", DIFF + "?by=bean&top=4000",
					DIFF + "?by=loader&top=4000", SNAPSHOTS)) {
				assertFree(path, application.get(path).body());
				assertFree(path, application.get(path, "Accept", "text/plain").body());
			}
			byte[] profile = application.bytes(SNAPSHOTS + "/after/profile");
			assertFree("profile", profile);
			assertFree("profile", inflated(profile));
		}
		try (Stream<Path> files = Files.walk(directory)) {
			List<Path> left = files.filter(Files::isRegularFile).toList();
			assertThat(left).isNotEmpty();
			for (Path file : left) {
				byte[] content = Files.readAllBytes(file);
				assertFree(file.toString(), content);
				if (new String(content, StandardCharsets.ISO_8859_1).startsWith("LEAKWP")) {
					assertFree(file.toString(), inflated(content));
				}
			}
		}
		assertFree("log", output.getAll());
	}

	private static byte[] inflated(byte[] profile) throws DataFormatException {
		Inflater inflater = new Inflater();
		inflater.setInput(profile, HEAD_OF_A_PROFILE, profile.length - HEAD_OF_A_PROFILE);
		byte[] body = new byte[16 << 20];
		int length = inflater.inflate(body);
		assertThat(length).isPositive();
		assertThat(inflater.finished()).isTrue();
		inflater.end();
		return Arrays.copyOf(body, length);
	}

	private static void assertFree(String where, String text) {
		assertThat(text).as(where).isNotNull().doesNotContain(Hoard.SECRET, LATER);
	}

	private static void assertFree(String where, byte[] content) {
		for (Charset charset : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE,
				StandardCharsets.UTF_16LE)) {
			for (String secret : List.of(Hoard.SECRET, LATER)) {
				String bytes = new String(secret.getBytes(charset), StandardCharsets.ISO_8859_1);
				assertThat(new String(content, StandardCharsets.ISO_8859_1).contains(bytes)).as(where).isFalse();
			}
		}
	}

}
