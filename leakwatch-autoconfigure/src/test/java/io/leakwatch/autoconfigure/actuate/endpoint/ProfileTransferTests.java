package io.leakwatch.autoconfigure.actuate.endpoint;

import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.stream.Stream;

import com.acme.Hoard;
import com.acme.Parcel;
import io.leakwatch.autoconfigure.RunningApplication;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

import org.springframework.boot.WebApplicationType;

import static io.leakwatch.autoconfigure.actuate.endpoint.HoardingApplication.DIFF;
import static io.leakwatch.autoconfigure.actuate.endpoint.HoardingApplication.SNAPSHOTS;
import static io.leakwatch.autoconfigure.actuate.endpoint.HoardingApplication.takeHeapDump;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a profile of one instance can be compared with another's.
 */
@Tag("heap-dump")
class ProfileTransferTests {

	/** WebFlux reads bodies of 256 KB without it. */
	private static final String LARGE_BODIES = "spring.http.codecs.max-in-memory-size=12MB";

	static Stream<WebApplicationType> types() {
		return RunningApplication.types();
	}

	@Test
	void heapDumpOfOneInstanceShouldBeComparedWithAnothers() {
		// One after the other, as both are in one JVM, and in one another's dumps.
		byte[] profile;
		try (RunningApplication healthy = HoardingApplication.start(WebApplicationType.SERVLET)) {
			String id = takeHeapDump(healthy, "healthy").get("id").asString();
			profile = healthy.bytes(SNAPSHOTS + "/" + id + "/profile");
			assertThat(profile).hasSizeLessThan(500_000);
		}
		try (RunningApplication leaking = HoardingApplication.start(WebApplicationType.SERVLET)) {
			leaking.bean(Hoard.class).hoard(30_000);
			takeHeapDump(leaking, "leaking");
			HttpResponse<String> response = upload(leaking, "pod-7", Base64.getEncoder().encodeToString(profile));
			assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
			assertThat(RunningApplication.json(response).get("kind").asString()).isEqualTo("heapdump");
			JsonNode diff = leaking.json(DIFF + "?by=path&from=pod-7&to=leaking");
			assertThat(diff.at("/rows/0/holder").asString()).contains("Hoard.parcels");
			assertThat(diff.get("message").asString()).contains("another instance");
			// What came from elsewhere is nobody's baseline.
			assertThat(leaking.json(DIFF + "?by=path").get("message").asString()).contains("one heap dump");
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void histogramOfOneInstanceShouldBeComparedWithAnothers(WebApplicationType type) {
		try (RunningApplication healthy = HoardingApplication.start(type);
				RunningApplication leaking = HoardingApplication.start(type, LARGE_BODIES)) {
			String id = RunningApplication.json(healthy.post(DIFF)).get("id").asString();
			byte[] profile = healthy.bytes(SNAPSHOTS + "/" + id + "/profile");
			leaking.bean(Hoard.class).hoard(30_000);
			leaking.post(DIFF, "application/json", "{\"label\":\"leaking\"}");
			HttpResponse<String> response = upload(leaking, "pod-7", Base64.getEncoder().encodeToString(profile));
			assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
			JsonNode uploaded = RunningApplication.json(response);
			assertThat(uploaded.get("label").asString()).isEqualTo("pod-7");
			assertThat(uploaded.get("kind").asString()).isEqualTo("histogram");
			assertThat(uploaded.get("uploaded").asBoolean()).isTrue();
			assertThat(uploaded.get("ofThisRun").asBoolean()).isFalse();
			JsonNode diff = leaking.json(DIFF + "?from=pod-7&to=leaking&top=4000");
			assertThat(diff.get("message").asString()).contains("another instance");
			assertThat(diff.get("rows")
				.valueStream()
				.filter((row) -> row.get("name").asString().equals(Parcel.class.getName()))).singleElement()
				.satisfies((row) -> assertThat(row.get("countDelta").asLong()).isEqualTo(30_000));
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void uploadWhenDamagedShouldBe400WithTheReason(WebApplicationType type) {
		try (RunningApplication application = HoardingApplication.start(type, LARGE_BODIES)) {
			String id = RunningApplication.json(application.post(DIFF)).get("id").asString();
			byte[] profile = application.bytes(SNAPSHOTS + "/" + id + "/profile");
			profile[profile.length / 2] ^= 1;
			assertRefused(upload(application, "x", Base64.getEncoder().encodeToString(profile)), "checksum");
			assertRefused(upload(application, "x", "no Base64!"), "base64 -w0");
			assertRefused(upload(application, "x", ""), "Base64");
			assertRefused(upload(application, "x", "aGVsbG8="), "profile");
			assertRefused(upload(application, "x", "A".repeat(11_900_000)), "8.0 MB");
			assertRefused(application.post(DIFF, "application/json", "{\"kind\":\"profile\"}"), "Base64");
			assertRefused(application.post(DIFF, "application/json", "{\"profile\":\"AAAA\"}"), "\"kind\":\"profile\"");
			assertThat(application.json(SNAPSHOTS).get("snapshots")).hasSize(1);
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void uploadWhenLargerThanTheServerTakesShouldBeNoServerError(WebApplicationType type) {
		try (RunningApplication application = HoardingApplication.start(type)) {
			HttpResponse<String> response = upload(application, "x", "A".repeat(400_000));
			assertThat(response.statusCode()).isEqualTo((type == WebApplicationType.REACTIVE) ? 413 : 400);
		}
	}

	private static void assertRefused(HttpResponse<String> response, String reason) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
		assertThat(RunningApplication.json(response).get("message").asString()).contains(reason);
	}

	private static HttpResponse<String> upload(RunningApplication application, String label, String profile) {
		return application.post(DIFF, "application/json",
				JsonMapper.shared()
					.writeValueAsString(JsonNodeFactory.instance.objectNode()
						.put("kind", "profile")
						.put("label", label)
						.put("profile", profile)));
	}

}
