package io.leakwatch.autoconfigure.actuate.endpoint;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import com.acme.Hoard;
import com.acme.Parcel;
import io.leakwatch.autoconfigure.RunningApplication;
import io.leakwatch.core.snapshot.Snapshot;
import io.leakwatch.core.snapshot.Snapshots;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static io.leakwatch.autoconfigure.actuate.endpoint.HoardingApplication.DIFF;
import static io.leakwatch.autoconfigure.actuate.endpoint.HoardingApplication.SNAPSHOTS;
import static io.leakwatch.autoconfigure.actuate.endpoint.HoardingApplication.takeHeapDump;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests of heap dumps by {@code /actuator/heapdump-diff} over HTTP, on Tomcat and on
 * Netty: real dumps of the test's own JVM.
 */
@ParameterizedClass
@MethodSource("applications")
@Tag("heap-dump")
class HeapDumpEndpointTests {

	private final RunningApplication application;

	HeapDumpEndpointTests(RunningApplication application) {
		this.application = application;
	}

	/** Each is closed by the engine before the next is made. */
	static Stream<RunningApplication> applications() {
		return RunningApplication.types().map(HoardingApplication::start);
	}

	@BeforeEach
	void forgetSnapshots() {
		Snapshots snapshots = this.application.bean(Snapshots.class);
		snapshots.list().stream().map(Snapshot::id).forEach(snapshots::delete);
	}

	@Test
	void diffOfThreeHeapDumpsShouldNameTheHolder() {
		Hoard hoard = this.application.bean(Hoard.class);
		takeTheFirst();
		hoard.hoard(20_000);
		takeHeapDump(this.application, "between");
		hoard.hoard(20_000);
		takeHeapDump(this.application, "after");
		checkPaths();
		checkBeans();
		checkClasses();
		checkLoaders();
		checkText();
		checkMixed();
	}

	private void takeTheFirst() {
		HttpResponse<String> response = this.application.post(DIFF, "application/json",
				"{\"kind\":\"heapdump\",\"label\":\"before\"}");
		assertThat(response.statusCode()).isEqualTo(202);
		JsonNode begun = RunningApplication.json(response);
		assertThat(begun.propertyNames()).containsExactly("id", "kind", "state", "label", "automatic", "liveOnly",
				"takenAt", "classes", "totalCount", "totalShallowBytes", "predictedPauseMillis", "pauseMillis",
				"progress", "failure", "dumpBytes", "uploaded", "ofThisRun", "href");
		assertThat(begun.get("kind").asString()).isEqualTo("heapdump");
		assertThat(begun.get("state").asString()).isEqualTo("CAPTURING");
		assertThat(begun.get("predictedPauseMillis").asLong()).isPositive();
		String id = begun.get("id").asString();
		assertThat(begun.get("href").asString()).isEqualTo("snapshots/" + id);
		JsonNode done = HoardingApplication.awaitEnd(this.application, id);
		assertThat(done.get("state").asString()).as(done.toString()).isEqualTo("READY");
		assertThat(done.get("label").asString()).isEqualTo("before");
		assertThat(done.get("pauseMillis").asLong()).isPositive();
		assertThat(done.get("totalCount").asLong()).isPositive();
		assertThat(done.get("dumpBytes").asLong()).isPositive();
		assertThat(done.get("failure").isNull()).isTrue();
		assertThat(done.get("progress").isNull()).isTrue();
		assertThat(done.get("ofThisRun").asBoolean()).isTrue();
	}

	private void checkPaths() {
		JsonNode diff = this.application.json(DIFF + "?by=path");
		assertThat(diff.get("by").asString()).isEqualTo("path");
		assertThat(diff.at("/from/label").asString()).isEqualTo("before");
		assertThat(diff.at("/to/label").asString()).isEqualTo("after");
		assertThat(diff.get("intervals").asInt()).isEqualTo(2);
		JsonNode first = diff.at("/rows/0");
		assertThat(first.propertyNames()).containsExactly("holder", "path", "className", "countBefore", "countAfter",
				"countDelta", "shallowBytesBefore", "shallowBytesAfter", "shallowBytesDelta", "heldBytesBefore",
				"heldBytesAfter", "heldBytesDelta", "retainedBytesBefore", "retainedBytesAfter", "retainedBytesDelta",
				"shareOfGrowth", "growingInEveryInterval");
		assertThat(first.get("holder").asString()).startsWith("bean 'hoard'").contains("Hoard.parcels");
		assertThat(first.get("className").asString()).isEqualTo(Parcel.class.getName());
		assertThat(first.get("countDelta").asLong()).isCloseTo(40_000, within(400L));
		assertThat(first.get("heldBytesDelta").asLong()).isGreaterThan(40_000 * 512);
		assertThat(first.get("shareOfGrowth").asDouble()).isBetween(0.1, 1.0);
		assertThat(first.get("growingInEveryInterval").asBoolean()).isTrue();
		assertThat(this.application.json(DIFF + "?by=path&top=1").get("rows")).hasSize(1);
	}

	private void checkBeans() {
		JsonNode first = this.application.json(DIFF + "?by=bean").at("/rows/0");
		assertThat(first.get("name").asString()).isEqualTo("hoard");
		assertThat(first.get("className").asString()).isEqualTo(Hoard.class.getName());
		assertThat(first.get("retainedBytesDelta").asLong()).isGreaterThan(40_000 * 512);
		assertThat(first.get("growingInEveryInterval").asBoolean()).isTrue();
		assertThat(first.get("holder").asString()).contains("Hoard.parcels");
	}

	private void checkClasses() {
		JsonNode diff = this.application.json(DIFF + "?top=4000");
		assertThat(diff.get("by").asString()).isEqualTo("class");
		assertThat(diff.at("/topPath/holder").asString()).contains("Hoard.parcels");
		JsonNode row = diff.get("rows")
			.valueStream()
			.filter((candidate) -> candidate.get("name").asString().equals(Parcel.class.getName()))
			.findFirst()
			.orElseThrow();
		assertThat(row.get("countDelta").asLong()).isEqualTo(40_000);
		assertThat(row.get("retainedBytesDelta").asLong()).isGreaterThan(40_000 * 512);
		assertThat(row.get("growingInEveryInterval").asBoolean()).isTrue();
	}

	private void checkLoaders() {
		JsonNode diff = this.application.json(DIFF + "?by=loader&top=10");
		assertThat(diff.get("by").asString()).isEqualTo("loader");
		assertThat(diff.get("rows")).isNotEmpty()
			.allSatisfy((row) -> assertThat(row.propertyNames()).contains("name", "className", "countDelta",
					"classCountDelta", "shallowBytesDelta", "retainedBytesDelta", "growingInEveryInterval"));
	}

	private void checkText() {
		assertThat(text(DIFF + "?by=path")).containsSubsequence("From ", "'before' to ", "'after'", "2 intervals",
				"HOLDER", "OF CLASS", "GROWS", "bean 'hoard'", "40,000", "yes");
		assertThat(text(DIFF + "?by=bean")).containsSubsequence("BEAN", "RETAINED", "hoard");
		assertThat(text(DIFF)).containsSubsequence("CLASS", "RETAINED", "Parcel", "Grown most: ", "bean 'hoard'",
				"   → ", "Hoard.parcels");
		assertThat(text(DIFF + "?by=loader")).containsSubsequence("CLASS LOADER", "CLASSES");
		assertThat(text(SNAPSHOTS)).containsSubsequence("heapdump", "READY", "before");
	}

	private void checkMixed() {
		String histogram = RunningApplication.json(this.application.post(DIFF)).get("id").asString();
		JsonNode mixed = this.application.json(DIFF + "?from=before&to=" + histogram);
		assertThat(mixed.get("rows")).isNotEmpty();
		assertThat(mixed.get("topPath").isNull()).isTrue();
		assertThat(mixed.get("intervals").isNull()).isTrue();
		HttpResponse<String> byPath = this.application.get(DIFF + "?by=path&from=before&to=" + histogram);
		assertThat(byPath.statusCode()).isEqualTo(400);
		assertThat(RunningApplication.json(byPath).get("message").asString()).contains(histogram, "histogram",
				"by=class", "heapdump");
		// The newest of both kinds is the histogram; by path, the newest heap dump is
		// meant.
		assertThat(this.application.json(DIFF + "?by=path").at("/to/label").asString()).isEqualTo("after");
	}

	@ParameterizedTest
	@ValueSource(strings = { "path", "bean", "loader" })
	void diffWhenThereIsNoHeapDumpShouldSayHowToTakeOne(String by) {
		this.application.post(DIFF);
		JsonNode diff = this.application.json(DIFF + "?by=" + by);
		assertThat(diff.get("by").asString()).isEqualTo(by);
		assertThat(diff.get("rows")).isEmpty();
		assertThat(diff.get("message").asString()).contains("no heap dump", "by=" + by, "curl -X POST",
				"{\"kind\":\"heapdump\"}", "unrestricted");
		assertThat(text(DIFF + "?by=" + by)).contains("curl -X POST");
	}

	@Test
	void profileShouldBeThereOfAHistogramToo() {
		String id = RunningApplication.json(this.application.post(DIFF)).get("id").asString();
		byte[] profile = this.application.bytes(SNAPSHOTS + "/" + id + "/profile");
		assertThat(new String(profile, 0, 6, StandardCharsets.US_ASCII)).isEqualTo("LEAKWP");
		assertThat(RunningApplication.contentType(this.application.get(SNAPSHOTS + "/" + id + "/profile")))
			.isEqualTo("application/octet-stream");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/snapshots/nobody/profile", "/snapshots/nobody/dump", "/elsewhere/h1/profile" })
	void profileWhenThereIsNoneShouldBe404(String path) {
		HttpResponse<String> response = this.application.get(DIFF + path);
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(RunningApplication.json(response).get("message").asString()).isNotBlank();
	}

	private String text(String path) {
		HttpResponse<String> response = this.application.get(path, "Accept", "text/plain");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(RunningApplication.contentType(response)).isEqualTo("text/plain");
		assertThat(response.body()).endsWith("\n").doesNotContain("null");
		return response.body();
	}

}
