package io.leakwatch.autoconfigure.actuate.endpoint;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.stream.Stream;

import io.leakwatch.autoconfigure.RunningApplication;
import io.leakwatch.core.snapshot.Snapshot;
import io.leakwatch.core.snapshot.Snapshots;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@code /actuator/heapdump-diff} over HTTP, on Tomcat and on Netty.
 */
@ParameterizedClass
@MethodSource("applications")
class HeapDumpDiffEndpointTests {

	private static final String DIFF = "/actuator/heapdump-diff";

	private static final String SNAPSHOTS = DIFF + "/snapshots";

	private final RunningApplication application;

	HeapDumpDiffEndpointTests(RunningApplication application) {
		this.application = application;
	}

	/** Each is closed by the engine before the next is made. */
	static Stream<RunningApplication> applications() {
		return RunningApplication.types()
			.map((type) -> RunningApplication.open(type, RunningApplication.NOTHING_AUTOMATIC));
	}

	@BeforeEach
	void forgetSnapshots() {
		Snapshots snapshots = this.application.bean(Snapshots.class);
		snapshots.list().stream().map(Snapshot::id).forEach(snapshots::delete);
	}

	@Test
	void diffWhenThereIsNoSnapshotShouldSayHowToTakeOne() {
		JsonNode diff = this.application.json(DIFF);
		assertThat(diff.propertyNames()).containsExactly("by", "from", "to", "seconds", "countDelta",
				"shallowBytesDelta", "message", "rows", "intervals", "topPath");
		assertThat(diff.get("from").isNull()).isTrue();
		assertThat(diff.get("to").isNull()).isTrue();
		assertThat(diff.get("rows")).isEmpty();
		assertThat(diff.get("message").asString()).contains("no snapshot yet", "curl -X POST", "/heapdump-diff");
		assertThat(text(DIFF)).isEqualTo(diff.get("message").asString() + "\n");
	}

	@Test
	void diffWhenThereIsOneSnapshotShouldSayThatTwoAreNeeded() {
		take("only");
		JsonNode diff = this.application.json(DIFF);
		assertThat(diff.at("/from/label").asString()).isEqualTo("only");
		assertThat(diff.get("to").isNull()).isTrue();
		assertThat(diff.get("message").asString()).contains("two are needed");
	}

	@Test
	void idOfTheEndpointShouldBeNoPath() {
		assertThat(this.application.get("/actuator/heapdumpdiff").statusCode()).isEqualTo(404);
	}

	@Test
	void postWhenBareShouldTakeASnapshot() {
		HttpResponse<String> response = this.application.post(DIFF);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(RunningApplication.contentType(response)).isEqualTo("application/json");
		JsonNode snapshot = RunningApplication.json(response);
		assertThat(snapshot.propertyNames()).containsExactly("id", "kind", "state", "label", "automatic", "liveOnly",
				"takenAt", "classes", "totalCount", "totalShallowBytes", "predictedPauseMillis", "pauseMillis",
				"progress", "failure", "dumpBytes", "uploaded", "ofThisRun", "href");
		assertThat(snapshot.get("kind").asString()).isEqualTo("histogram");
		assertThat(snapshot.get("state").asString()).isEqualTo("READY");
		assertThat(snapshot.get("label").isNull()).isTrue();
		assertThat(snapshot.get("automatic").asBoolean()).isFalse();
		assertThat(snapshot.get("liveOnly").asBoolean()).isTrue();
		assertThat(Instant.parse(snapshot.get("takenAt").asString())).isBeforeOrEqualTo(Instant.now());
		assertThat(snapshot.get("classes").asInt()).isPositive();
		assertThat(snapshot.get("totalShallowBytes").asLong()).isPositive();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			application/json                | ''
			application/json                | {}
			application/json                | {"kind":"histogram"}
			application/json;charset=UTF-8  | {"kind":"histogram","label":null}
			""")
	void postWhenJsonShouldTakeASnapshot(String contentType, String body) {
		assertThat(this.application.post(DIFF, contentType, body).statusCode()).isEqualTo(200);
		assertThat(this.application.json(SNAPSHOTS).get("snapshots")).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/x-www-form-urlencoded", "text/plain" })
	void postWhenTheBodyIsNoJsonShouldBe415(String contentType) {
		assertThat(this.application.post(DIFF, contentType, "label=after").statusCode()).isEqualTo(415);
		assertThat(this.application.json(SNAPSHOTS).get("snapshots")).isEmpty();
	}

	@Test
	void postWhenAnotherKindIsAskedForShouldBe400() {
		HttpResponse<String> response = this.application.post(DIFF, "application/json", "{\"kind\":\"picture\"}");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(RunningApplication.json(response).get("message").asString()).contains("histogram", "heapdump",
				"profile", "'picture'");
		assertThat(this.application.json(SNAPSHOTS).get("snapshots")).isEmpty();
	}

	@Test
	void snapshotsShouldBeFoundByIdLabelBaselineAndLatest() {
		String first = take("first");
		take("second");
		String third = take("third");
		assertThat(this.application.json(SNAPSHOTS).get("snapshots").findValuesAsString("label"))
			.containsExactly("first", "second", "third");
		assertThat(label(SNAPSHOTS + "/" + first)).isEqualTo("first");
		assertThat(label(SNAPSHOTS + "/second")).isEqualTo("second");
		assertThat(label(SNAPSHOTS + "/baseline")).isEqualTo("first");
		assertThat(label(SNAPSHOTS + "/latest")).isEqualTo("third");
		assertThat(text(SNAPSHOTS)).containsSubsequence("ID", "KIND", "STATE", first, "first", third, "third");
		assertThat(text(SNAPSHOTS + "/second")).contains("second").doesNotContain("third");
	}

	@Test
	void diffShouldTellWhatGrew() {
		take("before");
		Leaked[] leaked = new Leaked[10_000];
		for (int i = 0; i < leaked.length; i++) {
			leaked[i] = new Leaked();
		}
		take("after");
		JsonNode diff = this.application.json(DIFF + "?top=4000");
		assertThat(leaked[9_999]).isNotNull();
		assertThat(diff.get("by").asString()).isEqualTo("class");
		assertThat(diff.at("/from/label").asString()).isEqualTo("before");
		assertThat(diff.at("/to/label").asString()).isEqualTo("after");
		assertThat(diff.get("message").isNull()).isTrue();
		JsonNode row = diff.get("rows")
			.valueStream()
			.filter((candidate) -> candidate.get("name").asString().equals(Leaked.class.getName()))
			.findFirst()
			.orElseThrow();
		assertThat(row.propertyNames()).containsExactly("name", "countBefore", "countAfter", "countDelta",
				"shallowBytesBefore", "shallowBytesAfter", "shallowBytesDelta", "retainedBytesBefore",
				"retainedBytesAfter", "retainedBytesDelta", "shareOfGrowth", "growingInEveryInterval");
		assertThat(row.get("retainedBytesDelta").isNull()).isTrue();
		assertThat(row.get("shareOfGrowth").asDouble()).isBetween(0.0, 1.0);
		assertThat(row.get("growingInEveryInterval").isNull()).isTrue();
		assertThat(row.get("countDelta").asLong()).isEqualTo(10_000);
		assertThat(row.get("shallowBytesDelta").asLong()).isEqualTo(row.get("shallowBytesAfter").asLong());
		assertThat(text(DIFF)).containsSubsequence("From ", " 'before' to ", " 'after': ", "CLASS", "$Leaked ",
				"+10,000");
	}

	@Test
	void diffShouldCompareWhatIsAskedFor() {
		String first = take("first");
		take("second");
		take("third");
		JsonNode diff = this.application.json(DIFF + "?from=second&to=" + first + "&by=class");
		assertThat(diff.at("/from/label").asString()).isEqualTo("second");
		assertThat(diff.at("/to/label").asString()).isEqualTo("first");
		assertThat(this.application.json(DIFF + "?from=third").at("/to/label").asString()).isEqualTo("third");
	}

	@Test
	void diffWhenTopIsGivenShouldHaveSoManyRows() {
		take("first");
		take("second");
		assertThat(this.application.json(DIFF + "?top=1").get("rows")).hasSizeLessThanOrEqualTo(1);
		assertThat(this.application.json(DIFF).get("rows")).hasSizeLessThanOrEqualTo(50);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "99999" })
	void diffWhenTopIsOutOfRangeShouldBe400(String top) {
		HttpResponse<String> response = this.application.get(DIFF + "?top=" + top);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(RunningApplication.json(response).get("message").asString()).contains("top", "from 1 to 4000", top);
	}

	@Test
	void diffWhenTopIsNoNumberShouldBe400() {
		assertThat(this.application.get(DIFF + "?top=abc").statusCode()).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "paths", "CLASS", "" })
	void diffWhenByIsUnknownShouldBe400(String by) {
		HttpResponse<String> response = this.application.get(DIFF + "?by=" + by);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(RunningApplication.json(response).get("message").asString()).contains("class, path, bean or loader",
				"'" + by + "'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "?from=nobody", "?to=nobody", "?from=latest&to=nobody", "/snapshots/nobody" })
	void diffWhenASnapshotIsUnknownShouldBe404(String request) {
		take("somebody");
		HttpResponse<String> response = this.application.get(DIFF + request);
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(RunningApplication.json(response).get("message").asString()).contains("'nobody'", "snapshots");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/elsewhere", "/elsewhere/h1" })
	void partWhenUnknownShouldBe404(String path) {
		HttpResponse<String> response = this.application.get(DIFF + path);
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(RunningApplication.json(response).get("message").asString()).contains("'elsewhere'", "snapshots");
	}

	@Test
	void deleteShouldForgetOneSnapshot() {
		String first = take("first");
		take("second");
		HttpResponse<String> response = this.application.delete(SNAPSHOTS + "/" + first);
		assertThat(response.statusCode()).isEqualTo(204);
		assertThat(response.body()).isEmpty();
		assertThat(this.application.json(SNAPSHOTS).get("snapshots").findValuesAsString("label"))
			.containsExactly("second");
		assertThat(this.application.delete(SNAPSHOTS + "/" + first).statusCode()).isEqualTo(404);
		assertThat(this.application.delete(SNAPSHOTS + "/second").statusCode()).isEqualTo(404);
		assertThat(this.application.delete(DIFF + "/elsewhere/h1").statusCode()).isEqualTo(404);
	}

	private String take(String label) {
		HttpResponse<String> response = this.application.post(DIFF, "application/json",
				"{\"label\":\"%s\"}".formatted(label));
		assertThat(response.statusCode()).isEqualTo(200);
		JsonNode snapshot = RunningApplication.json(response);
		assertThat(snapshot.get("label").asString()).isEqualTo(label);
		return snapshot.get("id").asString();
	}

	private String label(String path) {
		return this.application.json(path).get("label").asString();
	}

	private String text(String path) {
		HttpResponse<String> response = this.application.get(path, "Accept", "text/plain");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(RunningApplication.contentType(response)).isEqualTo("text/plain");
		return response.body();
	}

	private static final class Leaked {

		private final long first = 1;

		private final long second = 2;

		@Override
		public String toString() {
			return "Leaked " + this.first + this.second;
		}

	}

}
