package io.leakwatch.autoconfigure.actuate.endpoint;

import java.net.http.HttpResponse;
import java.util.stream.Stream;

import io.leakwatch.autoconfigure.RunningApplication;
import io.leakwatch.autoconfigure.RunningApplication.Application;
import io.leakwatch.core.monitor.LeakWatchMonitor;
import io.leakwatch.core.snapshot.Snapshots;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of who may do what: nothing is open that nobody opened.
 */
class EndpointAccessTests {

	private static final String DIFF = "/actuator/heapdump-diff";

	private static final String EXPOSED = "management.endpoints.web.exposure.include=*";

	static Stream<WebApplicationType> types() {
		return RunningApplication.types();
	}

	@ParameterizedTest
	@MethodSource("types")
	void endpointsWhenNotExposedShouldNotBeThere(WebApplicationType type) {
		try (RunningApplication application = RunningApplication.start(type, Application.class)) {
			assertThat(application.get("/actuator/health").statusCode()).isEqualTo(200);
			assertThat(application.get("/actuator/leakwatch").statusCode()).isEqualTo(404);
			assertThat(application.get(DIFF).statusCode()).isEqualTo(404);
			assertThat(application.post(DIFF).statusCode()).isEqualTo(404);
			assertThat(application.bean(LeakWatchMonitor.class).isRunning()).isTrue();
			assertThat(application.context().getBeansOfType(LeakWatchEndpoint.class)).isEmpty();
			assertThat(application.context().getBeansOfType(HeapDumpDiffEndpoint.class)).isEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void endpointsByDefaultShouldBeReadOnly(WebApplicationType type) {
		try (RunningApplication application = RunningApplication.start(type, Application.class, EXPOSED)) {
			assertThat(application.get("/actuator/leakwatch").statusCode()).isEqualTo(200);
			assertThat(application.get(DIFF).statusCode()).isEqualTo(200);
			assertThat(application.post(DIFF).statusCode()).isEqualTo(405);
			assertThat(application.post(DIFF, "application/json", "{}").statusCode()).isEqualTo(405);
			String id = application.bean(Snapshots.class).take("kept", false).id();
			assertThat(application.get(DIFF + "/snapshots/" + id).statusCode()).isEqualTo(200);
			assertThat(application.delete(DIFF + "/snapshots/" + id).statusCode()).isEqualTo(405);
			assertThat(application.bean(Snapshots.class).find(id)).isPresent();
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void endpointsWhenAccessIsNoneShouldNotBeThere(WebApplicationType type) {
		try (RunningApplication application = RunningApplication.start(type, Application.class, EXPOSED,
				"management.endpoint.heapdump-diff.access=none", "management.endpoint.leakwatch.access=none")) {
			assertThat(application.get("/actuator/leakwatch").statusCode()).isEqualTo(404);
			assertThat(application.get(DIFF).statusCode()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void endpointWhenExposedByItsPathShouldBeThereAlone(WebApplicationType type) {
		try (RunningApplication application = RunningApplication.start(type, Application.class,
				"management.endpoints.web.exposure.include=heapdump-diff")) {
			assertThat(application.get(DIFF).statusCode()).isEqualTo(200);
			assertThat(application.get("/actuator/leakwatch").statusCode()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void endpointShouldTakeThePathThatTheApplicationMapsItTo(WebApplicationType type) {
		try (RunningApplication application = RunningApplication.start(type, Application.class, EXPOSED,
				"management.endpoints.web.base-path=/manage",
				"management.endpoints.web.path-mapping.heapdumpdiff=what-grew",
				"management.endpoints.web.path-mapping.leakwatch=leaks")) {
			assertThat(application.get("/manage/what-grew").statusCode()).isEqualTo(200);
			assertThat(application.get("/manage/leaks").statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void endpointsWhenSwitchedOffShouldNotBeThere(WebApplicationType type) {
		try (RunningApplication application = RunningApplication.open(type, "leakwatch.enabled=false")) {
			assertThat(application.get("/actuator/leakwatch").statusCode()).isEqualTo(404);
			assertThat(application.get(DIFF).statusCode()).isEqualTo(404);
			assertThat(application.get("/actuator").body()).doesNotContain("leakwatch", "heapdump-diff");
			assertThat(application.get("/actuator/health").statusCode()).isEqualTo(200);
			assertThat(application.json("/actuator/metrics").get("names").valueStream())
				.noneMatch((name) -> name.asString().startsWith("leakwatch."));
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void reportWhenTheWatchWasStoppedShouldBeRefused(WebApplicationType type) {
		try (RunningApplication application = RunningApplication.open(type)) {
			LeakWatchMonitor monitor = application.bean(LeakWatchMonitor.class);
			assertThat(monitor.isRunning()).isTrue();
			assertThat(application.get("/actuator/leakwatch").statusCode()).isEqualTo(200);
			monitor.stop();
			HttpResponse<String> refused = application.get("/actuator/leakwatch");
			assertThat(refused.statusCode()).isEqualTo(503);
			assertThat(RunningApplication.json(refused).get("reason").asString()).isEqualTo("NO_REPORT");
		}
	}

}
