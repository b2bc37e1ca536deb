package io.leakwatch.autoconfigure.actuate.endpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import com.acme.Hoard;
import io.leakwatch.autoconfigure.RunningApplication;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.leakwatch.autoconfigure.actuate.endpoint.HoardingApplication.takeHeapDump;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@code /actuator/leakwatch/profile} over HTTP, on Tomcat and on Netty.
 */
@ParameterizedClass
@MethodSource("applications")
@Tag("heap-dump")
class ProfileEndpointTests {

	private static final String PROFILE = "/actuator/leakwatch/profile/";

	private final RunningApplication application;

	ProfileEndpointTests(RunningApplication application) {
		this.application = application;
	}

	/** Each is closed by the engine before the next is made. */
	static Stream<RunningApplication> applications() {
		return RunningApplication.types().map(HoardingApplication::start);
	}

	@ParameterizedTest
	@CsvSource({ "heap?seconds=1, inuse_space", "allocations?seconds=1, alloc_space", "threads, threads" })
	void profileShouldBeAnsweredForPprof(String path, String type) throws IOException {
		byte[] file = this.application.bytes(PROFILE + path);
		assertThat(new String(decompressed(file), StandardCharsets.UTF_8)).contains(type);
	}

	@Test
	void profileWhenTextIsAcceptedShouldBeATable() {
		HttpResponse<String> response = this.application.get(PROFILE + "threads", "Accept", "text/plain");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(RunningApplication.contentType(response)).startsWith("text/plain");
		assertThat(response.body()).startsWith("Type: threads\n").contains("FLAT%", "java.lang.Thread.run");
	}

	@Test
	void profileWhenABrowserAsksShouldBeAFlameGraph() {
		HttpResponse<String> response = this.application.get(PROFILE + "threads", "Accept",
				"text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(RunningApplication.contentType(response)).startsWith("text/html");
		assertThat(response.body()).startsWith("<!DOCTYPE html>")
			.contains("<svg ", "thread group &#39;")
			.doesNotContain("<script");
	}

	@Test
	void profileWhenTheRecordingIsAskedForShouldBeIt() {
		byte[] file = this.application.bytes(PROFILE + "allocations?seconds=1&format=jfr");
		assertThat(new String(file, 0, 3, StandardCharsets.US_ASCII)).isEqualTo("FLR");
	}

	@Test
	void retainedWhenThereIsADumpShouldTellWhoHolds() {
		HttpResponse<String> nothing = this.application.get(PROFILE + "retained");
		assertThat(nothing.statusCode()).as(nothing.body()).isEqualTo(404);
		assertThat(nothing.body()).contains("NOTHING_YET", "curl -X POST");
		this.application.bean(Hoard.class).hoard(20_000);
		takeHeapDump(this.application, "full");
		String table = this.application.get(PROFILE + "retained?format=text").body();
		assertThat(table).startsWith("Type: retained_space").contains("bean 'hoard'", "com.acme.Parcel");
	}

	@ParameterizedTest
	@CsvSource({ "heap?seconds=0, 400, from 1 to 300", "heap?seconds=-1, 400, from 1 to 300",
			"allocations?seconds=100000, 400, from 1 to 300", "heap?format=svg, 400, pprof",
			"threads?format=jfr, 400, not made of a recording", "cpu, 404, allocations" })
	void profileWhenAskedWronglyShouldSayWhatIsRight(String path, int status, String words) {
		HttpResponse<String> response = this.application.get(PROFILE + path);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		assertThat(response.body()).contains(words);
	}

	@ParameterizedTest
	@ValueSource(strings = { "heap?seconds=ten", "heap?seconds=1e9" })
	void profileWhenSecondsAreNoNumberShouldBeABadRequest(String path) {
		assertThat(this.application.get(PROFILE + path).statusCode()).isEqualTo(400);
	}

	@Test
	void profileWhenAnotherIsUnderWayShouldBeRefused() {
		ExecutorService clients = Executors.newFixedThreadPool(2);
		try {
			List<CompletableFuture<Integer>> asked = Stream.of(1, 2)
				.map((each) -> CompletableFuture
					.supplyAsync(() -> this.application.get(PROFILE + "allocations?seconds=5").statusCode(), clients))
				.toList();
			assertThat(asked.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(200, 429);
		}
		finally {
			clients.shutdownNow();
		}
	}

	private static byte[] decompressed(byte[] file) throws IOException {
		try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(file))) {
			return stream.readAllBytes();
		}
	}

}
