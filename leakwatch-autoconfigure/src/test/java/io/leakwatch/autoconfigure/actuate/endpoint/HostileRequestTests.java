package io.leakwatch.autoconfigure.actuate.endpoint;

import java.net.http.HttpResponse;
import java.util.stream.Stream;

import io.leakwatch.autoconfigure.RunningApplication;
import io.leakwatch.core.snapshot.Snapshot;
import io.leakwatch.core.snapshot.Snapshots;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that nothing which comes with a request breaks the endpoints, or gets from them
 * into a terminal or a page as more than text.
 */
@ParameterizedClass
@MethodSource("applications")
class HostileRequestTests {

	private static final String DIFF = "/actuator/heapdump-diff";

	private final RunningApplication application;

	HostileRequestTests(RunningApplication application) {
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

	@ParameterizedTest
	@ValueSource(strings = { "../../etc/passwd", "\u001b[31mred\u001b[0m", "one\ntwo\r\nthree", "nul\u0000",
			"\"quoted\"", "<script>alert(1)</script>", "${jndi:ldap://x}", "%s%n%d", "\u202eright to left", "\ud83d",
			"'; --", "\u2028line" })
	void labelShouldBeTextOnly(String label) {
		HttpResponse<String> taken = postLabel(label);
		assertThat(taken.statusCode()).isEqualTo(200);
		assertHarmless(taken);
		HttpResponse<String> table = this.application.get(DIFF + "/snapshots", "Accept", "text/plain");
		assertThat(table.statusCode()).isEqualTo(200);
		assertHarmless(table);
		assertThat(RunningApplication.contentType(table)).isEqualTo("text/plain");
	}

	@Test
	void labelWhenVeryLongShouldBeCutOrRefused() {
		HttpResponse<String> response = postLabel("x".repeat(1_000_000));
		// Netty's codec takes no body of that size.
		assertThat(response.statusCode()).isIn(200, 400, 413);
		assertThat(response.body()).hasSizeLessThan(1000);
		HttpResponse<String> shorter = postLabel("x".repeat(10_000));
		assertThat(shorter.statusCode()).isEqualTo(200);
		assertThat(RunningApplication.json(shorter).get("label").asString()).hasSize(100);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "[]", "\"text\"", "{\"label\":{\"deep\":[1,2]}}", "{\"label\":[\"a\",\"b\"]}" })
	void bodyWhenMalformedShouldBeNoServerError(String body) {
		HttpResponse<String> response = this.application.post(DIFF, "application/json", body);
		assertThat(response.statusCode()).isLessThan(500);
		assertHarmless(response);
	}

	@ParameterizedTest
	@ValueSource(strings = { "..%2F..%2Fetc%2Fpasswd", "%2e%2e", "%1B%5B31m", "a%0D%0ASet-Cookie:x=y", "%00",
			"%3Cscript%3Ealert(1)%3C%2Fscript%3E", "%22%27", "%E2%80%AE", "no;such", "%25s%25n" })
	void idShouldBeTextOnly(String id) {
		for (String path : new String[] { DIFF + "/snapshots/" + id, DIFF + "/snapshots/" + id + "/profile",
				DIFF + "/snapshots/h1/" + id, DIFF + "/" + id, "/actuator/leakwatch/" + id }) {
			HttpResponse<String> read = this.application.get(path);
			assertThat(read.statusCode()).as(path).isIn(400, 404);
			assertHarmless(read);
		}
		HttpResponse<String> deleted = this.application.delete(DIFF + "/snapshots/" + id);
		assertThat(deleted.statusCode()).isIn(400, 404, 405);
		assertHarmless(deleted);
		HttpResponse<String> compared = this.application.get(DIFF + "?from=" + id + "&by=class");
		assertThat(compared.statusCode()).isIn(400, 404);
		assertHarmless(compared);
		HttpResponse<String> sorted = this.application.get(DIFF + "?by=" + id);
		assertThat(sorted.statusCode()).isEqualTo(400);
		assertHarmless(sorted);
	}

	@Test
	void idWhenLongShouldBeCut() {
		HttpResponse<String> response = this.application.get(DIFF + "?from=" + "x".repeat(3000));
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.body()).hasSizeLessThan(500);
	}

	@Test
	void parameterWhenGivenTwiceShouldBeNoServerError() {
		assertThat(this.application.get(DIFF + "?top=1&top=2").statusCode()).isLessThan(500);
		assertThat(this.application.get(DIFF + "?from=a&from=b").statusCode()).isLessThan(500);
	}

	private HttpResponse<String> postLabel(String label) {
		return this.application.post(DIFF, "application/json",
				JsonMapper.shared().writeValueAsString(JsonNodeFactory.instance.objectNode().put("label", label)));
	}

	/** No control character but the line breaks of our own tables, and never a page. */
	private static void assertHarmless(HttpResponse<String> response) {
		assertThat(response.body().replace("\n", "")).doesNotMatch("(?s).*[\\p{Cc}\\u2028\\u2029\\u202e].*");
		assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
		if (response.body().contains("<script>")) {
			assertThat(RunningApplication.contentType(response)).isIn("application/json", "text/plain");
		}
	}

}
